"""Sends the hall's events to the management backend over HTTPS, in order, each at least once.

The backend makes that exactly once by its key `(hall, seq)`. Nothing in the hall waits for this:
it reads what is durable and remembers how far the backend has confirmed. docs/backend.md is the
interface.
"""

import asyncio
import logging
import random
import ssl
from collections.abc import Awaitable, Callable

import httpx
import msgspec

from queue_server.domain.values import Ms
from queue_server.sync.answers import Accepted, Failed, Outcome, Resume, Smaller, judge
from queue_server.sync.backoff import Backoff
from queue_server.sync.batch import HALL_ID, Batch, LogIncompleteError, make_batch
from queue_server.sync.config import SyncConfig
from queue_server.sync.outbox import Outbox
from queue_server.sync.status import SyncStatus

log = logging.getLogger(__name__)

LONGEST_ANSWER = 64 * 1024
"""Bytes read of an answer; the rest cannot matter."""


class Connector:
    """One hall's connection to its backend. Run `run()` as a task of its own.

    Raises `ValueError` where the hall's id or the configuration is wrong.
    """

    def __init__(
        self,
        outbox: Outbox,
        hall: str,
        config: SyncConfig,
        clock: Callable[[], Ms],
        *,
        changed: Callable[[SyncStatus], None] = lambda _: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`changed` hears every new status; `transport` replaces the network."""
        if not HALL_ID.fullmatch(hall):
            raise ValueError(f"{hall!r} is no hall id")
        if problems := config.problems():
            raise ValueError("; ".join(f"{option} {en}" for option, _, en in problems))
        self._outbox = outbox
        self._hall = hall
        self._config = config
        self._clock = clock
        self._changed = changed
        self._sleep = sleep
        self._transport = transport
        self._backoff = Backoff(config.first_delay, config.longest_delay, jitter)
        self._url = config.address.rstrip("/") + "/v1/events"
        self._client: httpx.AsyncClient | None = None
        self._max_events = config.max_events
        self.status = SyncStatus("starting", clock())

    async def run(self) -> None:
        """Send for ever. Errors of the outbox are raised; begin again after them."""
        try:
            acknowledged = position = await self._outbox.acknowledged()
            self._set(self.status, acknowledged=position)
            while True:
                events = await self._outbox.pending(position, self._max_events)
                if not events:
                    self._set(self.status, state="ok", code="", detail="", oldest_waiting=None)
                    await self._outbox.wait(position)
                    await self._sleep(self._config.linger)
                    continue
                try:
                    batch = make_batch(
                        self._hall, position, events, self._max_events, self._config.max_bytes
                    )
                except LogIncompleteError as error:
                    await self._rest(_incomplete(error.expected))
                    continue
                self._set(self.status, oldest_waiting=batch.oldest)
                outcome = await self._send(batch)
                match outcome:
                    case Accepted():
                        if batch.last > acknowledged:
                            await self._outbox.acknowledge(batch.last)
                            acknowledged = batch.last
                        position = batch.last
                        self._succeeded(batch)
                    case Resume(after):
                        self._set(self.status, acknowledged=after)
                        again = await self._outbox.pending(after, 1)
                        if again and again[0].seq == after + 1:
                            position = after
                            await self._rest(Failed("retry", "resending", f"from {after + 1}"))
                        else:
                            # The same batch will ask whether the backend has been helped.
                            await self._rest(_incomplete(after + 1))
                    case Smaller(most):
                        self._max_events = most
                    case Failed():
                        await self._rest(outcome)
        finally:
            await self._close()

    async def _send(self, batch: Batch) -> Outcome:
        if self._client is None:
            opened: httpx.AsyncClient | Failed = await asyncio.to_thread(self._open)
            if isinstance(opened, Failed):
                return opened
            self._client = opened
        content, headers = batch.body, {"Content-Type": "application/json"}
        headers["Idempotency-Key"] = f'"{self._hall}/{batch.first}-{batch.last}"'
        if self._config.gzip:
            content, headers["Content-Encoding"] = batch.compressed(), "gzip"
        try:
            async with (
                asyncio.timeout(self._config.answer_timeout),
                self._client.stream(
                    "POST", self._url, content=content, headers=headers
                ) as response,
            ):
                answer = b""
                async for part in response.aiter_bytes():
                    answer += part
                    if len(answer) > LONGEST_ANSWER:
                        break
            now = self._clock() / 1000
            return judge(batch, response.status_code, response.headers, answer, now)
        except (httpx.HTTPError, TimeoutError) as error:
            return _explain(error)

    def _open(self) -> httpx.AsyncClient | Failed:
        """A client with the token and authorities as their files are now."""
        config = self._config
        try:
            lines = config.token_file.read_text("ascii").split()
        except (OSError, UnicodeDecodeError) as error:
            return Failed("operator", "token_file_unusable", type(error).__name__)
        if len(lines) != 1 or not lines[0].isprintable():
            return Failed("operator", "token_file_unusable", f"{len(lines)} words, not 1")
        try:
            # The system's authorities where there is no file.
            context = ssl.create_default_context(cafile=config.ca_file)
        except (OSError, ssl.SSLError) as error:
            return Failed("operator", "ca_file_unusable", type(error).__name__)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return httpx.AsyncClient(
            headers={"Authorization": f"Bearer {lines[0]}", "User-Agent": "hall"},
            verify=context,
            timeout=httpx.Timeout(config.answer_timeout, connect=config.connect_timeout),
            limits=httpx.Limits(max_connections=1, keepalive_expiry=20),
            follow_redirects=False,
            trust_env=False,
            transport=self._transport,
        )

    async def _close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    def _succeeded(self, batch: Batch) -> None:
        if self.status.state in {"retrying", "operator"}:
            log.info("the backend accepts events again, up to %d", batch.last)
        self._backoff.reset()
        # A proxy's limit found on the way is kept for a while, not for ever.
        self._max_events = min(self._config.max_events, self._max_events + 1)
        self._set(
            self.status,
            state="ok",
            code="",
            detail="",
            acknowledged=batch.last,
            last_success=self._clock(),
        )

    async def _rest(self, failed: Failed) -> None:
        """Show and log why, then wait as long as it takes."""
        if failed.code != self.status.code:
            log.warning("the backend does not get events: %s (%s)", failed.code, failed.detail)
        state = "operator" if failed.kind == "operator" else "retrying"
        self._set(self.status, state=state, code=failed.code, detail=failed.detail)
        delay = self._backoff.next()
        if failed.kind == "operator":
            # What a person changes is in files: read them again.
            await self._close()
            delay = self._config.operator_delay
        await self._sleep(max(delay, failed.wait))

    def _set(self, status: SyncStatus, **changes: object) -> None:
        changed = msgspec.structs.replace(status, **changes)
        if (changed.state, changed.code) != (status.state, status.code):
            changed = msgspec.structs.replace(changed, since=self._clock())
        if changed != status:
            self.status = changed
            self._changed(changed)


def _incomplete(seq: int) -> Failed:
    return Failed("operator", "log_incomplete", f"event {seq}")


def _explain(error: Exception) -> Failed:
    """An exchange that brought no answer, as its code."""
    reason: BaseException | None = error
    while reason is not None:
        if isinstance(reason, ssl.SSLCertVerificationError):
            return Failed("operator", "certificate_refused", reason.verify_message)
        reason = reason.__cause__ or reason.__context__
    detail = type(error).__name__
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Failed("retry", "timed_out", detail)
    if isinstance(error, httpx.ConnectError):
        return Failed("retry", "unreachable", detail)
    return Failed("retry", "cut_off", detail)
