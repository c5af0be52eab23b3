"""What asking for a rating, and its answer, do to a transaction."""

from typing import Any

from .. import events as e
from ..hall import Hall, Transaction
from ..values import Ms
from .moves import Touched


def _rating(hall: Hall, event: Any) -> tuple[Transaction, Touched]:
    transaction = hall.transactions[event.transaction]
    return transaction, Touched((), (transaction,), (transaction.counter,))


def rating_requested(hall: Hall, event: e.RatingRequested, seq: int, at: Ms) -> Touched:
    transaction, touched = _rating(hall, event)
    transaction.rating, transaction.rating_at = "asked", at
    return touched


def rated(hall: Hall, event: e.Rated, seq: int, at: Ms) -> Touched:
    transaction, touched = _rating(hall, event)
    transaction.rating, transaction.rating_at = "rated", at
    transaction.level, transaction.reasons = event.level, event.reasons
    return touched


def rating_declined(hall: Hall, event: e.RatingDeclined, seq: int, at: Ms) -> Touched:
    transaction, touched = _rating(hall, event)
    transaction.rating, transaction.rating_at = "declined", at
    return touched
