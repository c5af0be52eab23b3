"""Calling rules as clerks and managers meet them, one situation each, with the sentence told."""

import msgspec
import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain import rules as r
from queue_server.domain.hall import Ticket
from queue_server.domain.ids import CounterId, Ms, ServiceId, Text
from queue_server.domain.profile_check import profile_problems
from queue_server.domain.rules import Condition
from queue_server.domain.shipped_profiles import AGING, SHIPPED, TWO_TO_ONE
from queue_server.domain.values import Why
from queue_server.domain.why_words import why_sentence
from tests.unit import domain_hall as h
from tests.unit.domain_hall import Ledger

MINUTE = 60_000


def hall_with(*conditions: Condition, services: tuple[str, ...] = ("tax", "levy")) -> Ledger:
    """Ann at counter 1 and Bo at counter 2, with these conditions."""
    ledger = h.opened()
    profile = msgspec.structs.replace(h.profile("all", *services), conditions=conditions)
    ledger.do(c.DefineProfile(profile=profile))
    return ledger


def take(ledger: Ledger, service: str = "tax", priority: int = 0) -> Ticket:
    ticket = ledger.issue(service, priority=priority)
    ledger.now -= 1000
    return ticket


def book(ledger: Ledger, minutes: int) -> Ticket:
    """A ticket of an appointment so many minutes from now."""
    answer = ledger.decide(c.IssueTicket(service=ServiceId("tax"), holder=None))
    [event] = answer  # type: ignore[misc]
    assert isinstance(event, e.TicketIssued)
    booked_at = Ms(ledger.now + minutes * MINUTE)
    ledger.take(msgspec.structs.replace(event, booked_at=booked_at))
    return ledger.hall.tickets[event.ticket]


def why_of(ledger: Ledger, ticket: Ticket) -> Why:
    return ledger.why(ledger.transaction(ticket))


def called(ledger: Ledger, count: int, counter: str = "k1") -> list[str]:
    return [ledger.serve(counter).number for _ in range(count)]


def test_two_to_one_and_its_sentence() -> None:
    ledger = hall_with(*TWO_TO_ONE)
    for priority in (0, 0, 1, 0, 0, 1):
        take(ledger, priority=priority)
    assert called(ledger, 1) == ["A001"]
    assert called(ledger, 1) == ["A003"]
    take(ledger, priority=1)  # A007
    ledger.now += 12 * MINUTE
    assert called(ledger, 2) == ["A002", "A004"]
    assert called(ledger, 1) == ["A006"]
    fifth = ledger.call()
    told = why_sentence(why_of(ledger, fifth))
    assert told.zh == "按 2:1 轮到普通号（本轮第 3 次，共 3 次）。"
    ledger = hall_with(*TWO_TO_ONE)
    take(ledger, priority=1)
    take(ledger)
    ledger.now += 12 * MINUTE
    told = why_sentence(why_of(ledger, ledger.call()))
    assert told.zh == (
        "按 2:1 轮到普通号（本轮第 1 次，共 3 次）；优先号 A001 已等 12 分钟，本轮排在其后。"
    )
    assert told.en == (
        "By 2:1 it was the turn of: ordinary (call 1 of 3 in the round);"
        " A001 (priority) waited 12 min: its turn comes later in the round."
    )


def test_calls_for_want_of_others_do_not_count() -> None:
    ledger = hall_with(*TWO_TO_ONE)
    for _ in range(4):
        take(ledger)
    assert called(ledger, 3) == ["A001", "A002", "A003"]
    assert ledger.hall.tallies == {}
    take(ledger, priority=1)
    assert called(ledger, 2) == ["A004", "A005"]


@pytest.mark.parametrize(
    ("counted", "second"), [("profile", "A003"), ("counter", "A001"), ("hall", "A003")]
)
def test_where_a_ratio_is_counted(counted: str, second: str) -> None:
    ratio = msgspec.structs.replace(
        TWO_TO_ONE[1], counted=counted, name="r" if counted == "hall" else ""
    )
    ledger = hall_with(ratio)
    for priority in (0, 0, 1, 1):
        take(ledger, priority=priority)
    assert called(ledger, 1, "k2") == ["A001"]
    assert called(ledger, 1) == [second if second == "A003" else "A002"]


def test_a_count_begins_anew_with_the_profile_and_with_the_day() -> None:
    ledger = hall_with(*TWO_TO_ONE)
    for priority in (0, 0, 1, 1):
        take(ledger, priority=priority)
    called(ledger, 1)
    assert ledger.hall.tallies == {"all#1": 1}
    other = msgspec.structs.replace(ledger.hall.profiles[h.PROFILES[0].id], name=h.text("other"))
    ledger.do(c.DefineProfile(profile=other))
    assert ledger.hall.tallies == {}
    called(ledger, 1)
    ledger.do(c.CloseDay(over_open=True))
    ledger.do(c.OpenDay(day="2026-03-03"))  # type: ignore[arg-type]
    assert ledger.hall.tallies == {}


def test_aging_bounds_the_wait_of_a_low_class() -> None:
    ledger = hall_with(*AGING)
    low = take(ledger)
    for _ in range(5):
        ledger.now += 5 * MINUTE
        take(ledger, priority=2)
    # Waited 25 minutes: over the 20 for two classes, so before everybody who came later.
    assert ledger.serve().ticket == low.id
    strict = hall_with()
    low = take(strict)
    for _ in range(5):
        strict.now += 5 * MINUTE
        take(strict, priority=2)
        assert strict.serve().ticket != low.id


def test_a_green_channel_with_a_cap_starves_nobody() -> None:
    green = r.First(match=r.Match(lowest=2), cap=r.Cap(calls=1, of=3))
    ledger = hall_with(green)
    for _ in range(9):
        take(ledger, priority=2)
        take(ledger)
    classes = [ledger.hall.tickets[ledger.serve().ticket].priority for _ in range(9)]
    assert classes == [2, 0, 0] * 3
    last = ledger.call()
    ledger.do(c.EndService(counter=CounterId("k1")))
    assert last.priority == 2
    why = why_of(ledger, ledger.call())
    assert [(p.reason, p.count) for p in why.passed] == [("cap", 3)]
    assert "名额已用完" in why_sentence(why).zh


def test_longest_wait_first_over_a_threshold() -> None:
    late = r.First(order="arrival", after_minutes=30)
    ledger = hall_with(late, r.First(match=r.Match(lowest=1)))
    low = take(ledger)
    ledger.now += 29 * MINUTE
    high = take(ledger, priority=1)
    assert ledger.serve().ticket == high.id
    take(ledger, priority=1)
    ledger.now += 1 * MINUTE
    transaction = ledger.serve()
    assert transaction.ticket == low.id
    why = ledger.why(transaction)
    assert (why.kind, why.condition) == ("first", 0)


def test_a_cap_on_long_waits_never_lets_the_younger_of_a_class_go_first() -> None:
    long_wait = r.First(order="arrival", after_minutes=30, cap=r.Cap(calls=1, of=3))
    ledger = hall_with(long_wait)
    old = [take(ledger) for _ in range(3)]
    ledger.now += 31 * MINUTE
    high = take(ledger, priority=2)
    take(ledger)
    order = [ledger.serve().ticket for _ in range(4)]
    assert order == [old[0].id, high.id, old[1].id, old[2].id]


def test_help_does_not_wait_until_its_own_queue_is_empty_nor_leaves_it() -> None:
    help_ = r.Overflow(
        services=(ServiceId("ask"),), start_length=3, stop_length=2, cap=r.Cap(calls=1, of=2)
    )
    ledger = hall_with(help_)
    for _ in range(6):
        take(ledger)
    for _ in range(2):
        take(ledger, "ask")
    assert called(ledger, 1) == ["A001"]
    take(ledger, "ask")  # three wait: help begins with the next call, its own queue full of people
    assert called(ledger, 2) == ["C001", "A002"]
    assert called(ledger, 2) == ["C002", "A003"]  # two wait: not below the lower mark
    # One waits there: help has ended, and begins again at three only.
    take(ledger, "ask")
    assert called(ledger, 3) == ["A004", "A005", "A006"]
    assert ledger.refuse(c.CallNext(counter=CounterId("k1"))) == "nobody_waiting"


def test_help_by_the_longest_wait_ends_below_the_lower_mark() -> None:
    help_ = r.Overflow(services=(ServiceId("ask"),), start_minutes=20, stop_minutes=10)
    ledger = hall_with(help_)
    for minutes in (0, 4, 6, 6):  # at the call they have waited 20, 16, 10 and 4 minutes
        ledger.now += minutes * MINUTE
        take(ledger, "ask")
    ledger.now += 4 * MINUTE
    assert called(ledger, 3) == ["C001", "C002", "C003"]
    assert ledger.refuse(c.CallNext(counter=CounterId("k1"))) == "nobody_waiting"


def test_who_fits_two_groups_of_a_ratio_belongs_to_the_first() -> None:
    ratio = r.Ratio(
        shares=(
            r.Share(match=r.Match(lowest=1), weight=1),
            r.Share(match=r.Match(), weight=2),
        )
    )
    ledger = hall_with(ratio)
    for priority in (1, 1, 0, 0):
        take(ledger, priority=priority)
    assert called(ledger, 3) == ["A003", "A001", "A004"]


def test_appointments_are_called_by_their_time_and_others_are_not_lost() -> None:
    ledger = hall_with(
        r.Booked(early_minutes=10, late_minutes=15, cap=r.Cap(calls=1, of=2)),
    )
    walk = [take(ledger) for _ in range(3)]
    later, sooner, early = book(ledger, 8), book(ledger, 2), book(ledger, 60)
    late = book(ledger, -20)
    order = [ledger.serve().ticket for _ in range(7)]
    assert order == [sooner.id, walk[0].id, later.id, walk[1].id, walk[2].id, early.id, late.id]


def test_a_clerk_gets_only_what_the_clerk_can_do() -> None:
    ledger = hall_with()
    take(ledger, "tax")
    ledger.do(c.DefineStaff(staff=msgspec.structs.replace(h.STAFF[0], skills=(ServiceId("levy"),))))
    assert ledger.refuse(c.CallNext(counter=CounterId("k1"))) == "nobody_waiting"
    assert ledger.call("k2").number == "A001"
    ledger.do(
        c.Transfer(counter=CounterId("k2"), to=c.ToStaff(staff=h.STAFF[0].id), position="sorted")
    )
    assert ledger.call("k1").number == "A001"  # sent by name


def test_a_counter_gets_only_what_it_is_fit_for() -> None:
    ledger = hall_with()
    only = msgspec.structs.replace(h.COUNTERS[0], only=(ServiceId("levy"),))
    ledger.do(c.DefineCounter(counter=only))
    take(ledger, "tax")
    assert ledger.refuse(c.CallNext(counter=CounterId("k1"))) == "nobody_waiting"
    take(ledger, "levy")
    assert ledger.call("k1").number == "A002"


def test_last_resort_only_while_nobody_else_waits() -> None:
    ledger = hall_with(r.LastResort(services=(ServiceId("ask"),)))
    take(ledger, "ask")
    take(ledger, "tax")
    assert called(ledger, 2) == ["A001", "C001"]


def test_out_of_order_calls_say_whom_they_passed() -> None:
    ledger = hall_with(*TWO_TO_ONE)
    take(ledger)
    second = take(ledger)
    ledger.do(c.CallThis(counter=CounterId("k2"), ticket=second.id, reason="孕妇"))
    why = why_of(ledger, second)
    assert [(p.reason, p.numbers) for p in why.passed] == [("other", ("A001",))]
    assert why_sentence(why).zh.startswith("指定呼叫，理由：孕妇；普通号 A001")


def test_records_of_older_versions_still_have_a_sentence() -> None:
    old = msgspec.json.decode(
        b'{"rule":"priority_then_arrival","priority":2,"considered":7,"older_passed":3}', type=Why
    )
    told = why_sentence(old)
    assert told == Text(
        zh="优先级最高（2 级），同级中最先到；有 3 张先到的号仍在等候。",
        en="Of the highest class waiting (2), the first to come in it; 3 older ones wait on.",
    )


TAX, ASK = (ServiceId("tax"),), (ServiceId("ask"),)
HALF = r.Cap(calls=1, of=2)


@pytest.mark.parametrize(
    ("conditions", "path"),
    [
        ([r.First(match=r.Match(services=ASK))], "conditions[0].match.services"),
        ([r.First(match=r.Match(lowest=3, highest=1))], "conditions[0].match.lowest"),
        ([r.First(cap=r.Cap(calls=2, of=2))], "conditions[0].cap"),
        ([r.First(after_minutes=-1)], "conditions[0].after_minutes"),
        ([r.Ratio(shares=())], "conditions[0].shares"),
        (
            [
                r.Ratio(
                    shares=(
                        r.Share(match=r.Match(highest=0), weight=0),
                        r.Share(match=r.Match(lowest=1), weight=1),
                    )
                )
            ],
            "conditions[0].shares[0].weight",
        ),
        (
            [
                r.Ratio(
                    shares=(
                        r.Share(match=r.Match(), weight=1),
                        r.Share(match=r.Match(lowest=1), weight=1),
                    )
                )
            ],
            "conditions[0].shares[1]",
        ),
        ([msgspec.structs.replace(TWO_TO_ONE[1], counted="hall")], "conditions[0].name"),
        ([r.Aging(minutes_per_class=0)], "conditions[0].minutes_per_class"),
        ([r.Overflow(services=TAX, start_length=3)], "conditions[0].services"),
        ([r.Overflow(services=ASK)], "conditions[0]"),
        (
            [r.Overflow(services=ASK, start_length=3, stop_length=3)],
            "conditions[0].stop_length",
        ),
        ([r.First(), r.Overflow(services=ASK, start_length=3)], "conditions[1]"),
        ([r.Bound(), r.Bound()], "conditions[1]"),
        ([r.First(), r.Aging(minutes_per_class=5)], "conditions[1]"),
        (
            [r.First(match=r.Match(lowest=1), cap=HALF), r.First(match=r.Match(lowest=2))],
            "conditions[1]",
        ),
        ([r.Booked(match=r.Match(booked=False))], "conditions[0].match.booked"),
        ([r.LastResort(services=())], "conditions[0].services"),
        ([r.Bound()] * 21, "conditions"),
    ],
)
def test_what_is_wrong_with_a_profile_is_said_with_its_place(
    conditions: list[Condition], path: str
) -> None:
    ledger = h.opened()
    profile = msgspec.structs.replace(h.profile("all", "tax", "levy"), conditions=tuple(conditions))
    problems = profile_problems(profile, ledger.hall)
    assert path in [one.path for one in problems]
    assert all(one.zh and one.en.isascii() for one in problems)
    assert ledger.refuse(c.DefineProfile(profile=profile)) == "bad_profile"


def test_the_ready_made_orders_are_valid() -> None:
    for conditions in SHIPPED.values():
        hall_with(*conditions)
