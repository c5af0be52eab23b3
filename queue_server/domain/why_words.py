"""Why a ticket was called, in a sentence a clerk understands: 按 2:1 轮到普通号；优先号 A003 …"""

from typing import assert_never

from .ids import Text
from .rules import Passed
from .values import Why

_SHOWN = 2
"""Reasons told of those passed over; the rest are counted."""


def why_sentence(why: Why) -> Text:
    """One sentence in each language, from what is on record alone."""
    decided = _decided(why)
    shown = [_passed(one) for one in why.passed[:_SHOWN]]
    left = sum(one.count for one in why.passed[_SHOWN:])
    if left:
        shown.append(Text(zh=f"另有 {left} 张先到的号仍在等候", en=f"{left} older ones wait on"))
    if not why.passed and why.older_passed:  # as logs of older versions have it
        number = why.older_passed
        shown.append(Text(zh=f"有 {number} 张先到的号仍在等候", en=f"{number} older ones wait on"))
    return Text(
        zh="；".join([decided.zh, *(one.zh for one in shown)]) + "。",
        en="; ".join([decided.en, *(one.en for one in shown)]) + ".",
    )


def joint_sentence(why: Why) -> Text:
    """The same of a counter that joined a visit."""
    waited = _minutes(why.waited_s)
    return Text(
        zh=f"多窗联办：加入其他窗口正在办理的号（取号至此 {waited.zh}）。",
        en=f"Joint work: joined a visit being served elsewhere ({waited.en} after its ticket).",
    )


def _decided(why: Why) -> Text:
    match why.rule:
        case "walk_in":
            return Text(zh="直接办理，没有取号", en="Served without a ticket")
        case "call_back":
            return Text(zh="叫回挂起的号", en="A ticket set aside was called back")
        case "this_one":
            return Text(
                zh=f"指定呼叫，理由：{why.reason}",
                en=f"Called out of order; the reason given: {why.reason}",
            )
        case "priority_then_arrival":
            return _by_profile(why)
        case _:
            assert_never(why.rule)


def _by_profile(why: Why) -> Text:
    group = why.group or Text(zh="号票", en="ticket")
    waited = _minutes(why.waited_s)
    number = "" if why.condition is None else str(why.condition + 1)
    rule = Text(zh=f"第 {number} 条", en=f"condition {number}")
    match why.kind:
        case "":
            if why.placed == "front":
                return Text(zh="转来时排在队首", en="It was placed at the front of its queue")
            if why.priority:
                return Text(
                    zh=f"优先级最高（{why.priority} 级），同级中最先到",
                    en=f"Of the highest class waiting ({why.priority}), the first to come in it",
                )
            return Text(zh="先到先办，最先到", en="First come, first served: it was the first")
        case "bound":
            return Text(
                zh=f"指定到本窗口或本人的号（{rule.zh}）",
                en=f"Sent to this counter or its clerk ({rule.en})",
            )
        case "first":
            return Text(
                zh=f"{group.zh}先办，已等 {waited.zh}（{rule.zh}：优先）",
                en=f"A ticket ({group.en}) put first, after {waited.en} ({rule.en}: first)",
            )
        case "booked":
            return Text(
                zh=f"预约时间已到（{rule.zh}：预约）",
                en=f"Its appointment is due ({rule.en}: appointments)",
            )
        case "ratio":
            return _by_ratio(why, group)
        case "aging":
            return Text(
                zh=f"按候时升级轮到，{group.zh}已等 {waited.zh}（{rule.zh}）",
                en=f"Its rank by class and waiting is the highest, after {waited.en} ({rule.en})",
            )
        case "overflow":
            return Text(
                zh=f"支援其他队列，该号已等 {waited.zh}（{rule.zh}：分流支援）",
                en=f"Help for another queue, after {waited.en} ({rule.en}: overflow)",
            )
        case "last_resort":
            return Text(
                zh=f"本窗口无人等候，兜底呼叫其他队列（{rule.zh}）",
                en=f"Nobody waited for this counter, so it called for another ({rule.en})",
            )
        case "rest":
            return Text(
                zh="各条件均无号可叫，按优先级和先后呼叫",
                en="No condition named a ticket; by class, then first come first served",
            )
        case _:
            assert_never(why.kind)


def _by_ratio(why: Why, group: Text) -> Text:
    ratio = ":".join(map(str, why.weights))
    if why.turn is None:
        return Text(
            zh=f"只有{group.zh}在等，不计入 {ratio}",
            en=f"Only one group waits ({group.en}); not counted in {ratio}",
        )
    return Text(
        zh=f"按 {ratio} 轮到{group.zh}（本轮第 {why.turn} 次，共 {sum(why.weights)} 次）",
        en=f"By {ratio} it was the turn of: {group.en}"
        f" (call {why.turn} of {sum(why.weights)} in the round)",
    )


def _passed(passed: Passed) -> Text:
    group = passed.group or Text(zh="号票", en="tickets")
    numbers = "、".join(passed.numbers)
    numbers_en = ", ".join(passed.numbers)
    if passed.count > len(passed.numbers):
        numbers += f" 等 {passed.count} 张"
        numbers_en += f" and {passed.count - len(passed.numbers)} more"
    waited = _minutes(passed.waited_s)
    reason = _reason(passed)
    first = " " if passed.count == 1 else "，最久"
    return Text(
        zh=f"{group.zh} {numbers}{first}已等 {waited.zh}，{reason.zh}",
        en=f"{numbers_en} ({group.en}) waited {waited.en}: {reason.en}",
    )


def _reason(passed: Passed) -> Text:
    match passed.reason:
        case "class":
            return Text(zh="级别较低，排在其后", en="of a lower class")
        case "order":
            return Text(zh="属于后面的条件", en="under a condition further down")
        case "turn":
            return Text(zh="本轮排在其后", en="its turn comes later in the round")
        case "cap":
            return Text(zh="本轮名额已用完", en="its share of the calls is used up")
        case "early":
            return Text(zh="预约时间未到", en="its appointment is not due yet")
        case "late":
            return Text(zh="已过预约时段", en="it came too late for its appointment")
        case "later":
            return Text(zh="预约时间较晚", en="booked for a later time")
        case "placed":
            return Text(zh="按转移或复号的排位，在其后", en="behind it by a transfer or return")
        case "other":
            return Text(zh="仍在等候", en="waits on")
        case _:
            assert_never(passed.reason)


def _minutes(seconds: int) -> Text:
    if seconds < 60:
        return Text(zh="不到 1 分钟", en="under 1 min")
    return Text(zh=f"{seconds // 60} 分钟", en=f"{seconds // 60} min")
