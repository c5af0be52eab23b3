"""A desk for tests of the HTTP door alone: true documents, answers that a test chooses."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import uvicorn
from litestar import Litestar

from queue_server.domain.commands import Command
from queue_server.domain.values import (
    AreaId,
    CounterId,
    Day,
    Ms,
    ServiceId,
    Text,
    TicketId,
)
from queue_server.gateway.http import create_http
from queue_server.gateway.ports import Who
from queue_server.limits import Limits
from queue_server.protocol.codec import rejected
from queue_server.protocol.messages import (
    Answer,
    Document,
    Outcome,
    Progress,
    Read,
    ReadTicket,
    ReadWaiting,
    Rejected,
    Result,
    Waiting,
    WaitingTicket,
)
from queue_server.protocol.views import (
    CallsView,
    CounterView,
    HallView,
    ProgramsView,
    QueuesView,
    QueueView,
    ServiceView,
)

WEB_ROOT = Path(__file__).parents[2] / "ui" / "web"
TICKET = "5f0c2f6a9d3e4b1c8a7f6e5d4c3b2a19"

MANAGER = Who(program="p1", role="manager", name="值班长")
BOARD = Who(program="p2", role="board", name="一楼综合屏", area=AreaId("a1"))


class PlainDesk:
    """Keeps what it was asked; `next_result` is what the next command is answered."""

    failure = ""
    epoch = 7
    seq = 41

    def __init__(self) -> None:
        self.asked: list[tuple[Who, str, Command]] = []
        self.refusing = ""
        self.breaking = False
        self.documents: dict[str, Document] = {
            "hall": HallView(
                name=Text(zh="示例政务大厅", en="Example hall"),
                day=Day("2026-03-02"),
                opened_at=Ms(1_772_409_600_000),
                services=(
                    ServiceView(
                        id=ServiceId("s1"),
                        prefix="A",
                        name=Text(zh="户籍业务", en="Household register"),
                        department=Text(zh="公安局", en="Police"),
                        area=AreaId("a1"),
                    ),
                ),
            ),
            "queues": QueuesView(queues=(QueueView(service=ServiceId("s1"), waiting=2),)),
            "programs": ProgramsView(),
            "calls/a1": CallsView(area=AreaId("a1")),
            "counter/c1": CounterView(
                id=CounterId("c1"),
                number=1,
                name=Text(zh="综合窗口", en="General"),
                area=AreaId("a1"),
                state="free",
                since=Ms(1_772_409_600_000),
            ),
        }

    def authenticate(self, token: str) -> Who | None:
        return {"manager-token": MANAGER, "board-token": BOARD}.get(token)

    async def submit(self, who: Who, command_id: str, do: Command) -> Result:
        if self.breaking:
            raise RuntimeError("a fault of the server itself")
        self.asked.append((who, command_id, do))
        if self.refusing:
            return Result(id=command_id, rejected=rejected(self.refusing, {"detail": "x"}))
        return Result(id=command_id, seq=42, done=Outcome(number="A001"))

    async def read(self, who: Who, what: Read) -> Answer | Rejected:
        await asyncio.sleep(0)
        match what:
            case ReadTicket(ticket):
                return await self.progress(ticket) or rejected("unknown_ticket")
            case ReadWaiting(_, limit):
                one = WaitingTicket(TicketId(TICKET), "A001", ServiceId("s1"), Ms(1))
                return Waiting((one,) * min(limit, 2), 2)
            case _:
                return rejected("not_allowed")

    def topics(self, who: Who) -> tuple[str, ...]:
        return tuple(self.documents) if who is MANAGER else ("hall", "queues", "calls/a1")

    def document(self, topic: str) -> Document | None:
        return self.documents.get(topic)

    async def progress(self, ticket: str) -> Progress | None:
        if ticket not in {TICKET, "A001"}:
            return None
        return Progress(
            ticket=TicketId(TICKET),
            number="A001",
            service=ServiceId("s1"),
            state="waiting",
            ahead=3,
        )


def application(desk: PlainDesk, ws_address: str = "ws://{host}:9999") -> Litestar:
    return create_http(
        desk,
        ws_address_for_browsers=ws_address,
        version="9.9.9",
        web_root=WEB_ROOT,
        public_progress=desk.progress,
        limits=Limits(per_second=1e6, burst=1_000_000),
    )


@contextlib.asynccontextmanager
async def served(app: Litestar) -> AsyncIterator[str]:
    """The application on a real socket; gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        cast("uvicorn._types.ASGIApplication", app), log_config=None, ws="none", lifespan="on"
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        listener.close()
