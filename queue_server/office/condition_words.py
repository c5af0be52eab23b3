"""A work profile in sentences: what each of its conditions says, as a manager would say it."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from ..domain.ids import MAX_PRIORITY, ServiceId, Text
from ..domain.rules import (
    Aging,
    Booked,
    Bound,
    Cap,
    Condition,
    First,
    LastResort,
    Match,
    Overflow,
    Ratio,
    Share,
)
from ..domain.values import Profile, Service

Services = Mapping[ServiceId, Service]

REST = Text(
    zh="其余：级别高的先叫，同级先到先办", en="The rest: higher class first, then by arrival"
)
_COUNTED = {
    "profile": Text(zh="本规则各窗口合计", en="counted over all counters of these rules"),
    "counter": Text(zh="每个窗口各自计数", en="counted for each counter"),
    "hall": Text(zh="全厅合计", en="counted over the whole hall"),
}


def profile_words(profile: Profile, services: Services) -> tuple[Text, ...]:
    """Its services, its conditions in their order, and what holds after them."""
    names = _names(profile.services, services)
    return (
        Text(zh=f"叫 {names.zh} 的号", en=f"Calls tickets of {names.en}"),
        *(condition_words(one, services) for one in profile.conditions),
        REST,
    )


def condition_words(condition: Condition, services: Services) -> Text:
    """One condition as a sentence in each language."""
    match condition:
        case Bound():
            return Text(
                zh="指定：转给本窗口或本人的号先叫",
                en="Sent here: tickets sent to this counter or its clerk come first",
            )
        case First():
            return _first(condition, services)
        case Booked():
            who, cap = _who(condition.match, services), _cap(condition.cap)
            early, late = condition.early_minutes, condition.late_minutes
            return Text(
                zh=f"预约：{who.zh}在约定时间前 {early} 分钟到后 {late} 分钟之间先叫，"
                f"按约定时间排{cap.zh}",
                en=f"Appointments: {who.en} come first from {early} min before to {late} min "
                f"after their time, in the order booked{cap.en}",
            )
        case Ratio():
            return _ratio(condition, services)
        case Aging():
            who = _who(condition.match, services)
            minutes, top = condition.minutes_per_class, condition.up_to
            return Text(
                zh=f"候时升级：{who.zh}每等 {minutes} 分钟升一级，最高到 {top} 级，同级先到先办",
                en=f"Aging: {who.en} gain a class for every {minutes} min waited, up to class "
                f"{top}; equals by arrival",
            )
        case Overflow():
            return _overflow(condition, services)
        case LastResort():
            names = _names(condition.services, services)
            return Text(
                zh=f"兜底：自己没人等时，叫 {names.zh} 的号",
                en=f"Last resort: while nobody of one's own waits, call for {names.en}",
            )
        case _:
            assert_never(condition)


def _first(condition: First, services: Services) -> Text:
    who, cap = _who(condition.match, services), _cap(condition.cap)
    by_class = condition.order == "class"
    order = Text(
        zh="级别高的在前" if by_class else "先到先办",
        en="higher class first" if by_class else "by arrival",
    )
    if condition.after_minutes:
        minutes = condition.after_minutes
        return Text(
            zh=f"久等：{who.zh}等满 {minutes} 分钟的先叫，等得最久的在前{cap.zh}",
            en=f"Long waits: {who.en} that have waited {minutes} min come first, the longest "
            f"first{cap.en}",
        )
    return Text(
        zh=f"优先：{who.zh}先叫，{order.zh}{cap.zh}",
        en=f"First: {who.en} come first, {order.en}{cap.en}",
    )


def _ratio(ratio: Ratio, services: Services) -> Text:
    names = [_group(share, services) for share in ratio.shares]
    weights = " : ".join(str(share.weight) for share in ratio.shares)
    counted = _COUNTED[ratio.counted]
    return Text(
        zh=f"比例：{'、'.join(one.zh for one in names)}按 {weights} 轮流叫，"
        f"都有人等时才计数（{counted.zh}）",
        en=f"Ratio: {', '.join(one.en for one in names)} take turns {weights}, counted only "
        f"while they wait together ({counted.en})",
    )


def _overflow(overflow: Overflow, services: Services) -> Text:
    names = _names(overflow.services, services)
    begins, ends = [], []
    if overflow.start_minutes:
        begins.append(_minutes(overflow.start_minutes))
        ends.append(_minutes(overflow.stop_minutes))
    if overflow.start_length:
        begins.append(_people(overflow.start_length))
        ends.append(_people(overflow.stop_length))
    cap = overflow.cap
    return Text(
        zh=f"分流支援：{names.zh} 等到{'或'.join(one.zh for one in begins)}时去支援，"
        f"{'都' if len(ends) > 1 else ''}降到{'、'.join(one.zh for one in ends)}以下停；"
        f"自己也有人等时，每 {cap.of} 次叫号支援 {cap.calls} 次",
        en=f"Overflow: helps {names.en} once their queue reaches "
        f"{' or '.join(one.en for one in begins)}, until it falls below "
        f"{' and '.join(one.en for one in ends)}; {cap.calls} of {cap.of} calls while one's own "
        "people wait too",
    )


def _minutes(count: int) -> Text:
    return Text(zh=f" {count} 分钟", en=f"a wait of {count} min")


def _people(count: int) -> Text:
    return Text(zh=f" {count} 人", en=f"{count} people")


def _cap(cap: Cap | None) -> Text:
    if cap is None:
        return Text(zh="", en="")
    return Text(
        zh=f"；每 {cap.of} 次叫号至多 {cap.calls} 次，满了先叫别人",
        en=f"; at most {cap.calls} of {cap.of} calls while others wait",
    )


def _group(share: Share, services: Services) -> Text:
    return share.name or _who(share.match, services)


def _who(match: Match, services: Services) -> Text:
    """Which tickets are meant."""
    if match.booked is not None:
        kind = (
            Text(zh="预约号", en="appointments")
            if match.booked
            else Text(zh="现场号", en="tickets taken here")
        )
    else:
        kind = Text(zh="号", en="tickets")
    classes = _classes(match.lowest, match.highest)
    plain = match.booked is None
    zh = f"{classes.zh}号" if plain and classes.zh else f"{classes.zh}{kind.zh}"
    en = f"{classes.en} {kind.en}".strip() if classes.en else kind.en
    if match.services:
        names = _names(match.services, services)
        return Text(zh=f"{names.zh} 的{zh}", en=f"{en} of {names.en}")
    if plain and not classes.zh:
        return Text(zh="所有的号", en="all tickets")
    return Text(zh=zh, en=en)


def _classes(lowest: int, highest: int) -> Text:
    if (lowest, highest) == (0, MAX_PRIORITY):
        return Text(zh="", en="")
    if highest == 0:
        return Text(zh="普通", en="ordinary")
    if highest == MAX_PRIORITY:
        if lowest == 1:
            return Text(zh="优先", en="priority")
        return Text(zh=f"{lowest} 级及以上的", en=f"class {lowest} and higher")
    if lowest == highest:
        return Text(zh=f"{lowest} 级的", en=f"class {lowest}")
    return Text(zh=f"{lowest} 到 {highest} 级的", en=f"class {lowest} to {highest}")


def _names(keys: Iterable[ServiceId], services: Services) -> Text:
    found = [services[key].name if key in services else Text(zh=key, en=key) for key in keys]
    return Text(zh="、".join(one.zh for one in found), en=", ".join(one.en for one in found))
