"""A whole day, driven into a server by real commands: lanes of one kiosk and one counter each."""

import asyncio
import sys

import msgspec

from queue_server.domain.commands import CallNext, EndService, IssueTicket, NoShow, Recall, SignIn
from queue_server.domain.values import Holder
from simulation.bench.ground import COUNTERS, SERVICES, STAFF
from simulation.bench.wire import HallLine


class Order(msgspec.Struct, frozen=True):
    """What to do: `callers` are the tokens of the first counters' callers."""

    address: str
    kiosk: str
    callers: list[str]
    events: int


class _Day:
    def __init__(self, order: Order) -> None:
        self.order = order
        self.seq = 0
        self.tickets = 0

    async def lane(self, number: int) -> None:
        """Issue, call, serve (or miss), until the day has its events."""
        kiosk = await HallLine.open(self.order.address, self.order.kiosk)
        caller = await HallLine.open(self.order.address, self.order.callers[number])
        counter = COUNTERS[number]
        await caller.do(SignIn(counter=counter, staff=STAFF[number]))
        while self.seq < self.order.events:
            self.tickets += 1
            turn = self.tickets
            # Every second citizen lays a card on the reader.
            holder = Holder(name="测试人", number=f"TEST{turn:014d}") if turn % 2 else None
            await kiosk.do(IssueTicket(service=SERVICES[turn % len(SERVICES)], holder=holder))
            result = await caller.do(CallNext(counter=counter))
            if turn % 10 == 0:
                await caller.do(Recall(counter=counter))
                result = await caller.do(NoShow(counter=counter))
            else:
                result = await caller.do(EndService(counter=counter))
            self.seq = max(self.seq, result.seq)
        kiosk.close()
        caller.close()


async def run(order: Order) -> int:
    """Carry the order out; the events the day has then."""
    day = _Day(order)
    await asyncio.gather(*(day.lane(number) for number in range(len(order.callers))))
    return day.seq


def main(argument: str) -> None:
    """The order is the argument, as JSON."""
    print(f"events {asyncio.run(run(msgspec.json.decode(argument, type=Order)))}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
