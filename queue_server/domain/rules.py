"""What a work profile says about the order of calling: conditions, asked from first to last.

At each call the first condition that names a ticket decides. A condition names nobody where none of
its tickets wait, or where its cap is used up and somebody else waits. Tickets that no condition
names are called after all of them, higher class first, then first come first served; that alone is
the rule of a profile without conditions.

Times are minutes, as clerks and managers say them. A call is *contested* where the condition could
name a ticket and somebody it does not stand for could be called here instead; only contested calls
are counted, for caps and ratios alike: what is done for want of others costs nothing.
"""

from typing import Literal

from .ids import MAX_PRIORITY, ServiceId, Text, Value


class Match(Value, frozen=True):
    """Which tickets are meant: those for which all that is said holds."""

    services: tuple[ServiceId, ...] = ()
    """Empty: all that the counter calls."""
    lowest: int = 0
    """Priority classes from this one …"""
    highest: int = MAX_PRIORITY
    """… up to and with this one."""
    booked: bool | None = None
    """Only appointments, only tickets without one, or both."""


class Cap(Value, frozen=True):
    """At most `calls` of any `of` contested calls in a row, by all counters of the profile."""

    calls: int
    of: int


class Bound(Value, frozen=True, tag_field="type", tag="bound"):
    """指定: tickets sent to this very counter, or to the person who sits there.

    Without this condition they stand among the others, by service and class.
    """


class First(Value, frozen=True, tag_field="type", tag="first"):
    """优先: these tickets before all that follow (strict priority).

    With `after_minutes` only those that have waited so long: longest wait first over a threshold.
    With `cap` at most a share of the calls: a green channel that starves nobody. Over it they are
    set aside until somebody else was called; but for those put first for their wait, who then wait
    by the conditions below, so that nobody younger of their class is called before them.
    """

    match: Match = Match()
    order: Literal["class", "arrival"] = "class"
    """Among themselves: higher class first, or first come first served whatever the class."""
    after_minutes: int = 0
    cap: Cap | None = None


class Booked(Value, frozen=True, tag_field="type", tag="booked"):
    """预约: appointments by booked time, from `early_minutes` before it to `late_minutes` after.

    Who is earlier or later than that is not sent away: they wait by class and arrival like anybody.
    """

    match: Match = Match(booked=True)
    early_minutes: int = 10
    late_minutes: int = 15
    cap: Cap | None = None


class Share(Value, frozen=True):
    """One group of a ratio."""

    match: Match
    weight: int
    name: Text | None = None
    """What clerks call the group; where not given, its description."""


class Ratio(Value, frozen=True, tag_field="type", tag="ratio"):
    """比例: n : m : k. Each group has its turns in a fixed round; a turn with nobody passes on.

    The count begins anew when the day opens and when the profile is defined anew. `name` says which
    ratios of several profiles are counted as one where they count for the hall: those of the same
    weights, in the same order.
    """

    shares: tuple[Share, ...]
    counted: Literal["profile", "counter", "hall"] = "profile"
    name: str = ""


class Aging(Value, frozen=True, tag_field="type", tag="aging"):
    """候时升级: a ticket gains a class for each `minutes_per_class` waited, up to class `up_to`.

    Equal classes are called first come first served. So who has waited `minutes_per_class` for each
    class between their own and `up_to` is called before everybody of those classes who came later.
    (A bound on the number of classes gained would give no such bound on waiting: a stream of higher
    tickets would rise as well and stay ahead.)
    """

    minutes_per_class: int
    match: Match = Match()
    up_to: int = MAX_PRIORITY


class Overflow(Value, frozen=True, tag_field="type", tag="overflow"):
    """分流支援: help queues of other counters while they are long.

    Help begins when the longest wait there reaches `start_minutes` or `start_length` people wait
    (0: that mark is not used), and ends when all marks used have fallen below their `stop_…`. The
    marks are looked at whenever a counter of the profile calls. While help is due and own people
    wait too, help gets exactly its `cap` of the calls, beginning with the first: the own queues
    need not be emptied before help begins, and are never left standing by it.
    """

    services: tuple[ServiceId, ...]
    start_minutes: int = 0
    stop_minutes: int = 0
    start_length: int = 0
    stop_length: int = 0
    cap: Cap = Cap(calls=1, of=2)


class LastResort(Value, frozen=True, tag_field="type", tag="last_resort"):
    """兜底: queues of other counters that are called only while nobody of one's own waits."""

    services: tuple[ServiceId, ...]


Condition = Bound | First | Booked | Ratio | Aging | Overflow | LastResort

ConditionKind = Literal[
    "", "bound", "first", "booked", "ratio", "aging", "overflow", "last_resort", "rest"
]
"""Which kind of condition decided: `rest` where none did, empty where none was asked."""


PassedReason = Literal["class", "order", "turn", "cap", "early", "late", "later", "placed", "other"]


class Passed(Value, frozen=True):
    """Tickets that had arrived earlier than the one called, and why they wait on."""

    reason: PassedReason
    """`class`: a lower class; `order`: a condition further down; `turn`: another group's turn of
    the ratio; `cap`: their share of the calls is used up; `early`, `late`: outside the window of
    their appointment; `later`: booked for a later time; `placed`: placed behind, or the one called
    placed in front; `other`: the call was out of order."""
    count: int
    numbers: tuple[str, ...] = ()
    """The first of them by arrival, or by when they were placed; at most three."""
    waited_s: int = 0
    """Seconds that the first of them has waited."""
    group: Text | None = None
    """What clerks call them."""


class Tally(Value, frozen=True):
    """What a call adds to the counting of caps, ratios and help: the new value under its key.

    Of a ratio the next place in its round; of a cap its last contested calls as bits, the newest
    lowest; of an overflow 1 while it helps.
    """

    key: str
    value: int
