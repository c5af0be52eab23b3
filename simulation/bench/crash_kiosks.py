"""Kiosks that never give up, in a process of their own, each with the real client.

Every answer is written to a file before the kiosk asks for its next ticket: what is in the file was
told to a citizen. A line on standard input, or its end, makes them stop once all their
answers are there.
"""

import asyncio
import sys
from pathlib import Path
from typing import IO

import msgspec

from queue_server.domain.commands import IssueTicket
from queue_server.protocol.client import ClientEvent, Connected, HallClient
from queue_server.protocol.ids import new_uuid
from simulation.bench.ground import SERVICES


class Order(msgspec.Struct, frozen=True):
    """What to do."""

    address: str
    token: str
    kiosks: int
    told: str


class Told(msgspec.Struct, frozen=True):
    """One answer, as a kiosk got it. `ticket` is empty where the hall said no."""

    command: str
    ticket: str
    number: str
    retried: bool
    """Whether the line was cut while it was under way."""


class _Kiosk:
    def __init__(self, order: Order, number: int, told: IO[bytes]) -> None:
        self._service = SERVICES[number % len(SERVICES)]
        self._told = told
        self._connections = 0
        self.client = HallClient(
            order.address,
            order.token,
            "bench",
            self._happened,
            first_wait=0.02,
            longest_wait=0.2,
        )

    def _happened(self, event: ClientEvent) -> None:
        self._connections += isinstance(event, Connected)

    async def run(self, stop: asyncio.Event) -> None:
        """Ticket after ticket."""
        while not stop.is_set():
            command, before = str(new_uuid()), self._connections
            result = await self.client.command(IssueTicket(service=self._service), command)
            done = result.done
            told = Told(
                command,
                str(done.ticket) if done else "",
                str(done.number) if done else "",
                before not in (0, self._connections),
            )
            self._told.write(msgspec.json.encode(told) + b"\n")
            self._told.flush()


async def run(order: Order, told: IO[bytes]) -> None:
    """Until somebody says so on standard input."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(0, stop.set)
    kiosks = [_Kiosk(order, number, told) for number in range(order.kiosks)]
    lines = [asyncio.create_task(kiosk.client.run()) for kiosk in kiosks]
    await asyncio.gather(*(kiosk.run(stop) for kiosk in kiosks))
    for line in lines:
        line.cancel()
    await asyncio.gather(*lines, return_exceptions=True)


def main(argument: str) -> None:
    """The order is the argument, as JSON; says `settled` when every command has its answer."""
    order = msgspec.json.decode(argument, type=Order)
    with Path(order.told).open("ab") as told:
        asyncio.run(run(order, told))
    print("settled", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
