"""Ratings (好差评): voluntary, once for each service, never invented. 国办发〔2019〕51号."""

import re

from . import commands as c
from . import events as e
from .context import MAX_WORDS, Events, Given, Rejection, words_problem
from .hall import Hall, Transaction

MAX_REASONS = 10
_RATEABLE = (None, "served", "transferred_queue", "transferred_counter", "transferred_staff")
"""How a transaction that was begun may stand or have ended, to be rated."""


_REASON = re.compile(r"[1-5][0-9]{2}")


def _rateable(transaction: Transaction) -> bool:
    return transaction.started_at is not None and transaction.reason in _RATEABLE


def request_rating(hall: Hall, command: c.RequestRating, given: Given) -> Events | Rejection:
    """Ask about the service at this counter now, or the last one served there."""
    if command.counter not in hall.counters:
        return Rejection("unknown_counter", {"counter": command.counter[:40]})
    now = hall.counter_now(command.counter)
    if now.staff is None:
        return Rejection("not_signed_in", {"counter": command.counter})
    if now.last is None:
        return Rejection("nothing_to_rate")
    transaction = hall.transactions[now.last]
    if transaction.held or not _rateable(transaction):
        return Rejection("nothing_to_rate")
    if transaction.rating == "rated":
        return Rejection("already_rated")
    return [e.RatingRequested(transaction=transaction.id, counter=command.counter)]


def rate(hall: Hall, command: c.Rate, given: Given) -> Events | Rejection:
    transaction = hall.transactions.get(command.transaction)
    if transaction is None:
        return Rejection("unknown_transaction")
    if transaction.rating == "rated":
        return Rejection("already_rated")
    if not _rateable(transaction):
        return Rejection("nothing_to_rate")
    if not 1 <= command.level <= 5:
        return Rejection("bad_level")
    if len(command.reasons) > MAX_REASONS or not all(
        _REASON.fullmatch(reason) and reason[0] == str(command.level) for reason in command.reasons
    ):
        return Rejection("bad_reasons")
    if len(set(command.reasons)) < len(command.reasons):
        return Rejection("bad_reasons")
    problem = words_problem("words", command.words, MAX_WORDS)
    if problem:
        return problem
    return [
        e.Rated(
            transaction=transaction.id,
            level=command.level,
            reasons=command.reasons,
            has_words=bool(command.words.strip()),
        )
    ]


def decline_rating(hall: Hall, command: c.DeclineRating, given: Given) -> Events | Rejection:
    transaction = hall.transactions.get(command.transaction)
    if transaction is None:
        return Rejection("unknown_transaction")
    if transaction.rating == "rated":
        return Rejection("already_rated")
    if transaction.rating != "asked":
        return Rejection("nothing_to_rate")
    return [e.RatingDeclined(transaction=transaction.id)]
