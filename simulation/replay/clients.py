"""The programs of the replayed hall: real clients of the push channel, a real printer driver."""

import asyncio
import time
import uuid
from datetime import datetime

from devices.printer.driver import PrintState, TicketPrinter
from devices.printer.layout import Bilingual, Slip
from devices.printer.typeset import Typesetter
from devices.printer.worker import JobState, PrinterEvent, PrinterWorker
from devices.transport import parse_port
from queue_server.domain.commands import Command, IssueTicket
from queue_server.domain.values import Catalogue, ServiceId, Text, TicketId
from queue_server.protocol.client import (
    Changed,
    ClientEvent,
    Connected,
    Disconnected,
    HallClient,
)
from queue_server.protocol.messages import Outcome, Rejected
from simulation.replay.clock import HALL_ZONE

PRIORITY_REASON = "trace"
"""The reason code of a priority that the record gives."""
PATIENCE_S = 60.0
"""Seconds for which a server that cannot answer yet is asked again."""
ASK_AGAIN = {"too_fast", "store_unavailable"}
"""Codes that say nothing about the command itself, so that it may be sent again."""


class RefusedError(Exception):
    """The server refused what the day asked for, or whom it let in."""

    def __init__(self, what: str, code: str, zh: str, en: str) -> None:
        super().__init__(f"{what}: [{code}] {zh} / {en}")
        self.code = code


class Line:
    """One program's connection, kept up in a task of its own."""

    def __init__(self, address: str, token: str, program: str) -> None:
        self.name = program
        self._client = HallClient(address, token, f"{program} replay", self._hear)
        self._task = asyncio.create_task(self._client.run())
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def _hear(self, event: ClientEvent) -> None:
        match event:
            case Connected():
                if not self._ready.done():
                    self._ready.set_result(None)
                self.changed(event)
            case Changed():
                self.changed(event)
            case Disconnected(code=code):
                if code and not self._ready.done():
                    error = RefusedError(self.name, code, "服务器拒绝连接", "not let in")
                    self._ready.set_exception(error)

    def changed(self, event: Connected | Changed) -> None:
        """Something this program sees has changed."""

    async def ready(self) -> None:
        """Wait for the first welcome. Raises `RefusedError`."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._ready
        except TimeoutError:
            raise RefusedError(self.name, "no_welcome", "服务器未应答", "no answer") from None

    async def ask(self, do: Command) -> Outcome | Rejected:
        """Do `do`; where the server cannot answer yet, the same command is sent again."""
        key = str(uuid.uuid4())
        give_up = time.monotonic() + PATIENCE_S
        while True:
            result = await self._client.command(do, key)
            if result.rejected is None:
                return result.done or Outcome()
            refused = result.rejected
            if refused.code not in ASK_AGAIN or time.monotonic() > give_up:
                return refused
            await asyncio.sleep(0.1)

    async def do(self, do: Command) -> Outcome:
        """As `ask`, for what nobody may refuse. Raises `RefusedError`."""
        answer = await self.ask(do)
        if isinstance(answer, Rejected):
            what = f"{self.name}, {do.__struct_config__.tag}"
            raise RefusedError(what, answer.code, answer.zh, answer.en)
        return answer

    async def close(self) -> None:
        """Hang up."""
        self._task.cancel()
        await asyncio.wait([self._task])


class Board(Line):
    """A board; notes when each ticket's first call reached it (`time.perf_counter` seconds)."""

    def __init__(self, address: str, token: str, program: str) -> None:
        self.shown: dict[TicketId, float] = {}
        super().__init__(address, token, program)

    def changed(self, event: Connected | Changed) -> None:
        """Calls arrive as announcements."""
        now = time.perf_counter()
        for call in event.announcements:
            self.shown.setdefault(call.ticket, now)


class Kiosk(Line):
    """A kiosk with its printer; takes the next citizen when the last one's slip is out."""

    def __init__(
        self, address: str, token: str, program: str, port: str, hall: Catalogue, link: str
    ) -> None:
        super().__init__(address, token, program)
        self.failures: list[str] = []
        """Slips that the driver could not swear to: number and code."""
        self._hall = hall
        self._link = link
        self._services = {service.id: service for service in hall.services}
        self._typesetter = Typesetter()
        self._loop = asyncio.get_running_loop()
        self._jobs: dict[str, asyncio.Future[JobState]] = {}
        self._worker = PrinterWorker(TicketPrinter(parse_port(port)), self._hear_printer)
        self._worker.start()
        self._free = asyncio.Lock()
        self._printing: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether somebody stands at it."""
        return self._free.locked()

    async def issue(self, service: str, priority: int) -> Outcome:
        """Take a ticket; returns with the number, and prints while the next thing happens."""
        await self._free.acquire()
        try:
            outcome = await self.do(
                IssueTicket(
                    service=ServiceId(service),
                    priority=priority,
                    priority_reason=PRIORITY_REASON if priority else "",
                )
            )
        except BaseException:
            self._free.release()
            raise
        task = asyncio.create_task(self._print(outcome))
        self._printing.add(task)
        task.add_done_callback(self._printing.discard)
        return outcome

    async def settle(self) -> None:
        """Wait until the last slip is out."""
        async with self._free:
            pass

    async def close(self) -> None:
        """Hang up and let go of the printer."""
        await super().close()
        await asyncio.to_thread(self._worker.stop)

    async def _print(self, outcome: Outcome) -> None:
        number = outcome.number or "?"
        try:
            self._jobs[number] = job = self._loop.create_future()
            self._worker.submit(number, self._typesetter.encode(self._slip(outcome)).data)
            state = await job
            if state.state is not PrintState.PRINTED:
                self.failures.append(f"{number} {state.state} {state.code}")
        finally:
            self._jobs.pop(number, None)
            self._free.release()

    def _slip(self, outcome: Outcome) -> Slip:
        assert outcome.service is not None
        service = self._services[outcome.service]
        at = datetime.fromtimestamp((outcome.issued_at or 0) / 1000, HALL_ZONE)
        return Slip(
            hall=_both(self._hall.settings.name),
            area=_both(self._hall.areas[0].name),
            department=_both(service.department),
            service=_both(service.name),
            number=outcome.number or "",
            ahead=outcome.ahead or 0,
            taken_at=at,
            priority=Bilingual("优先", "Priority") if outcome.priority else None,
            qr=f"{self._link}/t/{outcome.ticket}",
        )

    def _hear_printer(self, event: PrinterEvent) -> None:
        if isinstance(event, JobState) and event.state is not PrintState.PRINTING:
            self._loop.call_soon_threadsafe(self._printed, event)

    def _printed(self, event: JobState) -> None:
        job = self._jobs.get(event.job_id)
        if job is not None and not job.done():
            job.set_result(event)


def _both(text: Text) -> Bilingual:
    return Bilingual(text.zh, text.en)
