"""What the backend's answer to a batch means. The interface is in docs/backend.md."""

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Literal

import msgspec

from queue_server.sync.batch import Batch

LONGEST_RETRY_AFTER = 3600.0
"""Seconds; a backend that asks for more is asked again after this."""


class Accepted(msgspec.Struct, frozen=True):
    """The backend holds everything up to the batch's last event."""


class Resume(msgspec.Struct, frozen=True):
    """The backend has lost events, or never had them: go on after `after`."""

    after: int


class Smaller(msgspec.Struct, frozen=True):
    """Too large for the backend, or something before it: at most `events` at once."""

    events: int


class Failed(msgspec.Struct, frozen=True):
    """Not accepted. The same batch is tried again, slowly where an operator is needed."""

    kind: Literal["retry", "operator"]
    code: str
    detail: str = ""
    wait: float = 0.0
    """Seconds the backend asked to be left alone."""


Outcome = Accepted | Resume | Smaller | Failed


class _Reply(msgspec.Struct):
    accepted: int | None = None
    expected: int | None = None
    code: str = ""


_decoder = msgspec.json.Decoder(_Reply)

_RETRY = {408: "timed_out", 425: "backend_busy", 429: "backend_busy", 503: "backend_busy"}
_OPERATOR = {401: "token_refused", 403: "hall_refused", 404: "wrong_address", 405: "wrong_address"}


def judge(
    batch: Batch, status: int, headers: Mapping[str, str], body: bytes, now: float
) -> Outcome:
    """What to do after an answer. `headers` finds names in lower case; `now` is Unix seconds."""
    reply = _read(body)
    code = reply.code if reply.code.isprintable() else ""
    detail = f"HTTP {status} {code[:64]}".rstrip()
    wait = _retry_after(headers.get("retry-after", ""), now)
    if status == 200:
        if reply.accepted == batch.last:
            return Accepted()
        return Failed("operator", "bad_answer", f"accepted {reply.accepted}, not {batch.last}")
    if status == 409 and reply.code != "conflict" and reply.expected is not None:
        # Never forwards: a receiver takes what it holds already, so it has no reason to ask.
        if 1 <= reply.expected < batch.first:
            return Resume(reply.expected - 1)
        return Failed("operator", "bad_answer", f"expected {reply.expected} after {batch.first}")
    if status == 409:
        return Failed("operator", "conflict" if code == "conflict" else "refused", detail, wait)
    if status == 413:
        if batch.size > 1:
            return Smaller(batch.size // 2)
        return Failed("operator", "too_large", f"{detail}, event {batch.first}", wait)
    if status in _RETRY or status >= 500:
        return Failed("retry", _RETRY.get(status, "backend_failed"), detail, wait)
    if 300 <= status < 400:
        return Failed("operator", "wrong_address", detail, wait)
    return Failed("operator", _OPERATOR.get(status, "refused"), detail, wait)


def _read(body: bytes) -> _Reply:
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Reply()


def _retry_after(text: str, now: float) -> float:
    """Seconds (RFC 9110, 10.2.3: a number or a date); 0 where there is none."""
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), LONGEST_RETRY_AFTER)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return min(max(0.0, date.timestamp() - now), LONGEST_RETRY_AFTER)
