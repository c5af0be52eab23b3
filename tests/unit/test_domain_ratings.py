"""Ratings: voluntary, once for each service, never invented."""

import pytest

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.hall import Transaction
from queue_server.domain.values import CounterId, ServiceId, TransactionId
from tests.unit import domain_hall as h

K1, K2 = CounterId("k1"), CounterId("k2")


def served(hall: h.Ledger) -> Transaction:
    hall.issue("tax")
    return hall.serve()


def test_the_end_of_a_service_asks_and_nobody_answers_for_the_citizen() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.call()
    ended, asked = hall.do(c.EndService(counter=K1))
    assert isinstance(ended, e.ServiceEnded)
    assert isinstance(asked, e.RatingRequested)
    transaction = hall.hall.transactions[asked.transaction]
    hall.do(c.CloseDay())
    assert (transaction.rating, transaction.level) == ("asked", None)


def test_a_hall_may_ask_only_when_the_clerk_does() -> None:
    hall = h.opened(h.settings(rate_on_end=False))
    assert served(hall).rating == "none"
    hall.do(c.RequestRating(counter=K1))
    assert served(hall).rating == "none"


def test_asked_before_the_end_the_citizen_is_not_asked_twice() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.call()
    hall.do(c.RequestRating(counter=K1))
    assert len(hall.do(c.EndService(counter=K1))) == 1


def test_one_service_one_rating() -> None:
    hall = h.opened()
    transaction = served(hall)
    hall.do(c.Rate(transaction=transaction.id, level=4, reasons=("406", "413"), words="谢谢"))
    assert (transaction.level, transaction.reasons) == (4, ("406", "413"))
    assert hall.refuse(c.Rate(transaction=transaction.id, level=1)) == "already_rated"
    assert hall.refuse(c.DeclineRating(transaction=transaction.id)) == "already_rated"
    assert hall.refuse(c.RequestRating(counter=K1)) == "already_rated"


def test_the_words_stay_out_of_the_log() -> None:
    hall = h.opened()
    [rated] = hall.do(c.Rate(transaction=served(hall).id, level=1, words="my name is"))
    assert rated == e.Rated(transaction=rated.transaction, level=1, has_words=True)  # type: ignore[union-attr]
    assert b"my name" not in hall.log[-1][2]


def test_who_declined_may_still_rate() -> None:
    hall = h.opened()
    transaction = served(hall)
    hall.do(c.DeclineRating(transaction=transaction.id))
    assert transaction.rating == "declined"
    assert hall.refuse(c.DeclineRating(transaction=transaction.id)) == "nothing_to_rate"
    hall.do(c.Rate(transaction=transaction.id, level=5))


@pytest.mark.parametrize(
    "reasons",
    [("410",), ("510", "115"), ("51",), ("5100",), ("５10",), ("510", "510"), ("5x0",)],
)
def test_reasons_belong_to_the_level(reasons: tuple[str, ...]) -> None:
    hall = h.opened()
    rate = c.Rate(transaction=served(hall).id, level=5, reasons=reasons)
    assert hall.refuse(rate) == "bad_reasons"


@pytest.mark.parametrize("level", [0, 6, -1, 10**30])
def test_there_are_five_levels(level: int) -> None:
    hall = h.opened()
    assert hall.refuse(c.Rate(transaction=served(hall).id, level=level)) == "bad_level"


def test_words_have_a_limit() -> None:
    hall = h.opened()
    transaction = served(hall)
    assert hall.refuse(c.Rate(transaction=transaction.id, level=5, words="好" * 501)) == "too_long"
    hall.do(c.Rate(transaction=transaction.id, level=5, words="好" * 500))


def test_only_a_service_that_was_given_is_rated() -> None:
    hall = h.opened(h.settings(start_distinct=True))
    assert hall.refuse(c.RequestRating(counter=K1)) == "nothing_to_rate"
    assert hall.refuse(c.Rate(transaction=TransactionId("x"), level=5)) == "unknown_transaction"
    hall.issue("tax")
    missed = hall.miss()
    assert hall.refuse(c.RequestRating(counter=K1)) == "nothing_to_rate"
    transaction = hall.transaction(missed)
    assert hall.refuse(c.Rate(transaction=transaction.id, level=5)) == "nothing_to_rate"


def test_a_clerk_does_not_escape_a_rating_by_a_transfer_or_a_no_show() -> None:
    hall = h.opened()
    hall.issue("tax")
    first = hall.transaction(hall.call())
    hall.do(c.RequestRating(counter=K1))
    hall.do(c.Rate(transaction=first.id, level=1))
    assert hall.refuse(c.NoShow(counter=K1)) == "already_started"
    hall.do(c.EndService(counter=K1))
    hall.issue("tax")
    second = hall.transaction(hall.call())
    hall.do(c.Transfer(counter=K1, to=c.ToCounter(K2)))
    hall.do(c.Rate(transaction=second.id, level=2))


def test_a_walk_in_is_rated_like_everybody() -> None:
    hall = h.opened()
    hall.do(c.WalkIn(counter=K1, service=ServiceId("tax")))
    assert len(hall.do(c.EndService(counter=K1))) == 2


def test_nobody_is_asked_about_a_service_set_aside() -> None:
    hall = h.opened()
    hall.issue("tax")
    hall.call()
    hall.do(c.Hold(counter=K1))
    assert hall.refuse(c.RequestRating(counter=K1)) == "nothing_to_rate"
