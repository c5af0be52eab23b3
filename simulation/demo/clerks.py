"""Clerks and raters who work by themselves, through the same commands as people at the keys.

A person may press keys at the same counter: a robot looks at what is there before each step, and
leaves alone what somebody else has begun.
"""

import asyncio
import random
from collections.abc import Callable

from queue_server.domain import commands as c
from queue_server.domain.values import CounterId, ServiceId, StaffId, TransactionId
from queue_server.protocol.client import ClientEvent, Disconnected, HallClient
from queue_server.protocol.messages import Document
from queue_server.protocol.views import CounterView, PadView, QueuesView


class Robot:
    """A connection that keeps the documents it sees."""

    def __init__(self, push: str, token: str, name: str) -> None:
        self.documents: dict[str, Document] = {}
        self.client = HallClient(push, token, name, self._heard)
        self._news = asyncio.Event()
        self.listeners: list[Callable[[ClientEvent], None]] = []

    def _heard(self, event: ClientEvent) -> None:
        if not isinstance(event, Disconnected):
            self.documents |= event.documents
        self._news.set()  # whoever waits, hears; whoever comes later waits for the next
        self._news = asyncio.Event()
        for listener in self.listeners:
            listener(event)

    async def news(self, within: float) -> None:
        """Until something changes, or so many seconds pass."""
        news = self._news
        try:
            async with asyncio.timeout(within):
                await news.wait()
        except TimeoutError:
            pass


class Clerk(Robot):
    """Serves one counter. `pace` is the mean service time in seconds."""

    def __init__(
        self,
        push: str,
        token: str,
        counter: CounterId,
        staff: StaffId,
        pace: float,
        chance: random.Random,
    ) -> None:
        super().__init__(push, token, "demo clerk")
        self._counter = counter
        self._staff = staff
        self._pace = pace
        self._chance = chance

    def _now(self) -> CounterView | None:
        found = self.documents.get(f"counter/{self._counter}")
        return found if isinstance(found, CounterView) else None

    @property
    def counter(self) -> CounterView | None:
        """The counter as the server last showed it."""
        return self._now()

    def _waiting(self) -> int:
        queues = self.documents.get("queues")
        now = self._now()
        if not isinstance(queues, QueuesView) or now is None:
            return 0
        return now.direct_waiting + sum(q.waiting for q in queues.queues)

    async def work(self) -> None:
        """Sign in, then call and serve until cancelled."""
        while self._now() is None:
            await self.news(1)
        # A key may be lost while its line is being opened: pressed until somebody sits there.
        while (now := self._now()) is None or now.state == "closed":
            await self._do(c.SignIn(counter=self._counter, staff=self._staff))
            await self.news(1)
        while True:
            now = self._now()
            if now is None or now.state == "closed":
                await self.news(1)
            elif now.state == "paused":
                await asyncio.sleep(self._pace)
                await self._do(c.Resume(counter=self._counter))
            elif now.ticket is not None:
                await self._serve(now.ticket.id)
            elif now.held and self._chance.random() < 0.4:
                await self._do(c.CallBack(counter=self._counter, ticket=now.held[0].id))
            elif self._waiting():
                await asyncio.sleep(self._chance.uniform(0.5, 2))
                await self._do(c.CallNext(counter=self._counter))
            else:
                await self.news(1)

    async def _serve(self, ticket: str) -> None:
        fate = self._chance.random()
        if fate < 0.07:  # nobody comes
            await asyncio.sleep(self._pace * 0.3)
            await self._if_still(ticket, c.Recall(counter=self._counter))
            await asyncio.sleep(self._pace * 0.3)
            await self._if_still(ticket, c.NoShow(counter=self._counter))
            return
        await asyncio.sleep(self._chance.expovariate(1 / self._pace) + self._pace * 0.2)
        if fate < 0.11:
            await self._if_still(ticket, c.Hold(counter=self._counter))
        elif fate < 0.16:
            to = c.ToQueue(ServiceId(self._chance.choice(("tax", "medical", "ask"))))
            await self._if_still(ticket, c.Transfer(counter=self._counter, to=to))
        else:
            await self._if_still(ticket, c.EndService(counter=self._counter))
            if self._chance.random() < 0.05:
                await self._do(c.Pause(counter=self._counter, reason="整理材料"))

    async def _if_still(self, ticket: str, command: c.Command) -> None:
        now = self._now()
        if now is not None and now.ticket is not None and now.ticket.id == ticket:
            await self._do(command)

    async def _do(self, command: c.Command) -> None:
        """Ask; a refusal (somebody was quicker) is as good as an answer."""
        result = await self.client.command(command)
        if result.rejected is not None:
            await asyncio.sleep(0.5)


class Rater(Robot):
    """Answers the rating pad, as some citizens do."""

    def __init__(self, push: str, token: str, counter: CounterId, chance: random.Random) -> None:
        super().__init__(push, token, "demo rater")
        self._counter = counter
        self._chance = chance
        self._done: TransactionId | None = None

    async def work(self) -> None:
        """Rate, decline or walk away, until cancelled."""
        while True:
            pad = self.documents.get(f"pad/{self._counter}")
            asked = pad.asked if isinstance(pad, PadView) else None
            if asked is None or asked.transaction == self._done:
                await self.news(1)
                continue
            self._done = asked.transaction
            await asyncio.sleep(self._chance.uniform(2, 5))
            fate = self._chance.random()
            if fate < 0.6:
                level = self._chance.choices((5, 4, 3, 2, 1), (60, 25, 10, 3, 2))[0]
                await self.client.command(c.Rate(transaction=asked.transaction, level=level))
            elif fate < 0.7:
                await self.client.command(c.DeclineRating(transaction=asked.transaction))
