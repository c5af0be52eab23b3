"""Whether a work profile makes sense as a whole: every mistake, with its place in the profile."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple, assert_never

from .hall import Hall
from .ids import MAX_PRIORITY, ServiceId
from .names import id_problem, text_problem
from .rounds import LONGEST_CAP, LONGEST_ROUND
from .rules import (
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
)
from .values import Profile

MOST_CONDITIONS = 20
MOST_SHARES = 8
LONGEST_MINUTES = 24 * 60
_FOREIGN = ServiceId("")
"""Stands for services outside the profile, of which only tickets sent here by name come."""

Kind = tuple[ServiceId, int, bool]
"""A kind of ticket: service, class, by appointment."""


class Problem(NamedTuple):
    """One mistake: `path` as in `conditions[2].shares[0].weight`, and a sentence twice."""

    path: str
    zh: str
    en: str


def profile_problems(profile: Profile, hall: Hall) -> list[Problem]:
    """All that is wrong with `profile` in this hall; empty where it can be put in force."""
    found = []
    if detail := id_problem(profile.id):
        found.append(Problem("id", "须为 1 到 32 个字母、数字、- 或 _", detail))
    if detail := text_problem(profile.name):
        found.append(Problem("name", "中文 1 到 60 字，英文 1 到 120 字，不含控制字符", detail))
    found += _services("services", profile.services, hall)
    if len(profile.conditions) > MOST_CONDITIONS:
        zh, en = f"最多 {MOST_CONDITIONS} 条", f"at most {MOST_CONDITIONS}"
        return [*found, Problem("conditions", zh, en)]
    for index, condition in enumerate(profile.conditions):
        found += _condition(f"conditions[{index}]", condition, profile, hall)
    return found or list(_unreachable(profile))


def _services(path: str, services: tuple[ServiceId, ...], hall: Hall) -> Iterator[Problem]:
    if not services:
        yield Problem(path, "至少要有一项业务", "at least one service")
    if len(set(services)) != len(services):
        yield Problem(path, "有业务重复", "one is named twice")
    for service in services:
        if service not in hall.services:
            yield Problem(path, f"没有业务 {service:.40}", f"no service {service:.40}")


def _condition(path: str, condition: Condition, profile: Profile, hall: Hall) -> Iterator[Problem]:
    match condition:
        case Bound():
            pass
        case First():
            yield from _match(f"{path}.match", condition.match, profile)
            yield from _between(f"{path}.after_minutes", condition.after_minutes, 0)
            yield from _cap(f"{path}.cap", condition.cap)
        case Booked():
            yield from _match(f"{path}.match", condition.match, profile)
            if condition.match.booked is False:
                yield Problem(
                    f"{path}.match.booked", "预约条件须含预约号", "must not leave appointments out"
                )
            yield from _between(f"{path}.early_minutes", condition.early_minutes, 0)
            yield from _between(f"{path}.late_minutes", condition.late_minutes, 0)
            yield from _cap(f"{path}.cap", condition.cap)
        case Ratio():
            yield from _ratio(path, condition, profile)
        case Aging():
            yield from _match(f"{path}.match", condition.match, profile)
            yield from _between(f"{path}.minutes_per_class", condition.minutes_per_class, 1)
            yield from _between(f"{path}.up_to", condition.up_to, 1, MAX_PRIORITY)
        case Overflow():
            yield from _helped(f"{path}.services", condition.services, profile, hall)
            yield from _marks(path, condition)
            yield from _cap(f"{path}.cap", condition.cap)
        case LastResort():
            yield from _helped(f"{path}.services", condition.services, profile, hall)
        case _:
            assert_never(condition)


def _match(path: str, match: Match, profile: Profile) -> Iterator[Problem]:
    yield from _between(f"{path}.lowest", match.lowest, 0, MAX_PRIORITY)
    yield from _between(f"{path}.highest", match.highest, 0, MAX_PRIORITY)
    if match.lowest > match.highest:
        yield Problem(
            f"{path}.lowest", "最低级高于最高级，选不到任何号", "above `highest`: no ticket fits"
        )
    for service in match.services:
        if service not in profile.services:
            yield Problem(
                f"{path}.services",
                f"{service:.40} 不在本策略的业务之中",
                f"{service:.40} is not among the profile's services",
            )


def _between(path: str, value: int, least: int, most: int = LONGEST_MINUTES) -> Iterator[Problem]:
    if not least <= value <= most:
        yield Problem(path, f"须为 {least} 到 {most}", f"{least} to {most}")


def _cap(path: str, cap: Cap | None) -> Iterator[Problem]:
    if cap is not None and not 1 <= cap.calls < cap.of <= LONGEST_CAP:
        yield Problem(
            path,
            f"“每 of 次至多 calls 次”：calls 至少 1，且小于 of；of 至多 {LONGEST_CAP}",
            f"`calls` of `of`: at least 1 and fewer than `of`, which is at most {LONGEST_CAP}",
        )


def _ratio(path: str, ratio: Ratio, profile: Profile) -> Iterator[Problem]:
    if not 2 <= len(ratio.shares) <= MOST_SHARES:
        yield Problem(f"{path}.shares", f"须有 2 到 {MOST_SHARES} 组", f"2 to {MOST_SHARES} groups")
    for number, share in enumerate(ratio.shares):
        here = f"{path}.shares[{number}]"
        yield from _match(f"{here}.match", share.match, profile)
        if share.weight < 1:
            yield Problem(f"{here}.weight", "须至少为 1", "at least 1")
        if share.name is not None and (detail := text_problem(share.name)):
            yield Problem(f"{here}.name", "中文 1 到 60 字，英文 1 到 120 字", detail)
    if sum(share.weight for share in ratio.shares) > LONGEST_ROUND:
        yield Problem(
            f"{path}.shares",
            f"比例各数之和至多 {LONGEST_ROUND}",
            f"the weights add up to at most {LONGEST_ROUND}",
        )
    if ratio.counted == "hall" and id_problem(ratio.name):
        yield Problem(
            f"{path}.name",
            "全厅计数的比例须有名称（字母、数字）",
            "a ratio counted for the hall needs a name: 1 to 32 letters, digits, - or _",
        )
    if ratio.counted != "hall" and ratio.name:
        yield Problem(
            f"{path}.name", "只有全厅计数的比例才有名称", "only for a ratio counted for the hall"
        )


def _helped(
    path: str, services: tuple[ServiceId, ...], profile: Profile, hall: Hall
) -> Iterator[Problem]:
    yield from _services(path, services, hall)
    for service in services:
        if service in profile.services:
            yield Problem(
                path,
                f"{service:.40} 本来就在本策略的业务之中",
                f"{service:.40} is among the profile's own services",
            )


def _marks(path: str, overflow: Overflow) -> Iterator[Problem]:
    if not overflow.start_minutes and not overflow.start_length:
        yield Problem(
            path,
            "须有开始支援的等候分钟数或人数",
            "needs `start_minutes` or `start_length`",
        )
    for name, start, stop in (
        ("minutes", overflow.start_minutes, overflow.stop_minutes),
        ("length", overflow.start_length, overflow.stop_length),
    ):
        yield from _between(f"{path}.start_{name}", start, 0)
        yield from _between(f"{path}.stop_{name}", stop, 0)
        if (start and not stop < start) or (stop and not start):
            yield Problem(
                f"{path}.stop_{name}",
                "停止支援的线须低于开始的线",
                f"must be below `start_{name}`",
            )


# --- as a whole ---


def _kinds(match: Match, services: Iterable[ServiceId]) -> set[Kind]:
    wanted = match.services or services
    booked = (True, False) if match.booked is None else (match.booked,)
    return set(product(wanted, range(match.lowest, match.highest + 1), booked))


def _unreachable(profile: Profile) -> Iterator[Problem]:
    """Conditions that never name a ticket, since those before them take all of theirs.

    A cap takes its tickets away from those below as well: over the cap they are set aside.
    """
    services = (*profile.services, _FOREIGN)
    left = _kinds(Match(), services)
    for index, condition in enumerate(profile.conditions):
        path = f"conditions[{index}]"
        match condition:
            case Bound():
                if not left or any(isinstance(c, Bound) for c in profile.conditions[:index]):
                    yield _dead(path)
            case First() | Aging() | Booked():
                kinds = _kinds(condition.match, services)
                if not kinds & left:
                    yield _dead(path)
                if isinstance(condition, Aging) or (
                    isinstance(condition, First) and not condition.after_minutes
                ):
                    left -= kinds
            case Ratio():
                for number, share in enumerate(condition.shares):
                    kinds = _kinds(share.match, services)
                    if not kinds & left:
                        yield _dead(f"{path}.shares[{number}]")
                    left -= kinds
            case Overflow():
                if not any(service != _FOREIGN for service, _, _ in left):
                    yield Problem(
                        path,
                        "前面的条件已包括本策略全部业务，要等自己的队列叫完才会支援；"
                        "请移到前面，或改用兜底",
                        "conditions before it take all of the profile's tickets, so it would help"
                        " only once they are gone; move it up, or use last_resort",
                    )
            case LastResort():
                pass
            case _:
                assert_never(condition)


def _dead(path: str) -> Problem:
    return Problem(
        path,
        "永远轮不到：前面的条件已叫走它的号",
        "never reached: conditions before it call all of its tickets",
    )
