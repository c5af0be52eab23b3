"""The way in for every verb: from the doors to the writer, and from its commits to everybody.

Lives in the event loop. Holds the documents as last committed, who is connected, and the groups of
connections that see the same topics, so that a change is encoded once and sent to all of them.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeVar, cast

import msgspec

from .calls import KEPT_ANNOUNCEMENTS
from .clock import Clock
from .domain.commands import Command
from .domain.values import AreaId, Ms
from .gateway.permissions import MAY
from .gateway.ports import Who
from .presence import Presence
from .protocol.codec import decode_document, encode, rejected
from .protocol.messages import (
    VERSION,
    Answer,
    Document,
    Me,
    Read,
    Rejected,
    Result,
    Resume,
    Update,
    Welcome,
)
from .protocol.views import CallView, HallView
from .ranges import Ranges
from .reads import read
from .store.access import Access
from .store.sqlite import DatabaseError
from .waits.told import Told
from .writer import CallJob, CommandJob, Commit, Writer

log = logging.getLogger(__name__)

T = TypeVar("T")
COUNTER_KINDS = ("counter", "screen", "pad")
"""Topics of which each counter has one."""


class Group:
    """Connections that watch the same topics; each gets the same bytes."""

    def __init__(self, watched: tuple[str, ...], seq: int) -> None:
        self.watched = watched
        """Topics, `KIND/*` for all of a kind, or `KIND/@AREA` for all counters of an area."""
        self.members: set[object] = set()
        self.seq = seq
        """The `seq` of the last update it was sent."""

    def sees(self, names: tuple[str, ...]) -> bool:
        """Whether its members may see the topic that is watched under one of `names`."""
        return any(name in self.watched for name in names)


class HallDesk:
    """The server's `Desk`. `send(members, text)` puts one frame on many connections."""

    def __init__(
        self,
        access: Access,
        clock: Clock,
        send: Callable[[Iterable[object], str], None],
    ) -> None:
        self._access = access
        self._clock = clock
        self._send = send
        self._documents: dict[str, bytes] = {}
        self._announcements: deque[CallView] = deque(maxlen=KEPT_ANNOUNCEMENTS)
        self._groups: dict[tuple[str, ...], Group] = {}
        self._watchers: dict[str, set[Group]] = {}
        self._areas: dict[str, AreaId] = {}
        self._committed: list[asyncio.Event] = []
        self._seq = 0
        self.epoch = 0
        self.presence = Presence(access, clock)
        self._writer: Writer | None = None
        self._loop = asyncio.get_running_loop()

    # --- joining the writer ---

    def begin(self, writer: Writer) -> None:
        """Take over the hall as the writer has replayed it, and start the writer."""
        self._writer = writer
        self._seq, self.epoch = writer.seq, writer.epoch
        self._documents = writer.all_documents()
        self._documents["programs"] = encode(self.presence.view(self._seq))
        self._learn_areas()
        self._announcements.extend(writer.calls.announcements)
        writer.start()

    def publish(self, commit: Commit) -> None:
        """Called in the writer's thread: hand a commit to the event loop."""
        self._loop.call_soon_threadsafe(self._take_commit, commit)

    def _take_commit(self, commit: Commit) -> None:
        self._seq = commit.seq
        self._documents.update(commit.documents)
        if "hall" in commit.documents:
            self._learn_areas()
        self._announcements.extend(commit.announcements)
        while self._announcements and self._announcements[0].seq < commit.day_began:
            self._announcements.popleft()  # nobody is told of yesterday's calls
        for answer in commit.answers:
            answer.reply(answer.result)
        self._tell(commit.documents, commit.announcements)
        for event in self._committed:
            event.set()

    def _tell(self, documents: dict[str, bytes], announcements: list[CallView]) -> None:
        groups: dict[Group, None] = {}
        names = {topic: self._names(topic) for topic in documents}
        for name in chain.from_iterable(names.values()):
            groups.update(dict.fromkeys(self._watchers.get(name, ())))
        for group in groups:
            update = Update(
                prev=group.seq,
                seq=self._seq,
                set={t: msgspec.Raw(raw) for t, raw in documents.items() if group.sees(names[t])},
                announcements=tuple(a for a in announcements if self._hears(group, a)),
            )
            group.seq = self._seq
            self._send(group.members, encode(update).decode())

    def _names(self, topic: str) -> tuple[str, ...]:
        """Under which a topic may be watched."""
        kind, _, name = topic.partition("/")
        area = self._areas.get(name) if kind in COUNTER_KINDS else None
        return (topic, f"{kind}/*") if area is None else (topic, f"{kind}/*", f"{kind}/@{area}")

    def _hears(self, group: Group, call: CallView) -> bool:
        return group.sees(self._names(f"calls/{call.area}"))

    def _learn_areas(self) -> None:
        hall = decode_document("hall", self._documents["hall"])
        assert isinstance(hall, HallView)
        self._areas = {counter.id: counter.area for counter in hall.counters}

    # --- connections ---

    def join(self, who: Who, member: object, resume: Resume | None) -> tuple[str, Group]:
        """Add a connection; returns its welcome and its group."""
        watched = _watched(who)
        group = self._groups.get(watched)
        if group is None:
            group = self._groups[watched] = Group(watched, self._seq)
            for topic in watched:
                self._watchers.setdefault(topic, set()).add(group)
        group.members.add(member)
        return self.welcome(who, group, resume), group

    def leave(self, member: object, group: Group) -> None:
        """Take a connection away; a group nobody is in is dropped."""
        group.members.discard(member)
        if not group.members and self._groups.get(group.watched) is group:
            del self._groups[group.watched]
            for topic in group.watched:
                self._watchers[topic].discard(group)

    def welcome(self, who: Who, group: Group, resume: Resume | None) -> str:
        """Everything this program sees now, and the calls it missed since `resume`."""
        missed: tuple[CallView, ...] = ()
        if resume is not None and resume.seq <= self._seq:
            missed = tuple(
                a for a in self._announcements if a.seq > resume.seq and self._hears(group, a)
            )
        frame = Welcome(
            v=VERSION,
            epoch=self.epoch,
            seq=self._seq,
            now=self._clock(),
            me=Me(who.role, who.name, who.program, who.counter, who.area),
            set={
                topic: msgspec.Raw(raw)
                for topic, raw in self._documents.items()
                if group.sees(self._names(topic))
            },
            announcements=missed,
        )
        return encode(frame).decode()

    def programs_changed(self) -> None:
        """Tell the managers who is connected."""
        document = encode(self.presence.view(self._seq))
        if document != self._documents.get("programs"):
            self._documents["programs"] = document
            self._tell({"programs": document}, [])

    # --- the Desk ---

    @property
    def seq(self) -> int:
        return self._seq

    @property
    def failure(self) -> str:
        if self._writer is None:
            return "stopping"
        return self._writer.failure

    @property
    def now(self) -> Ms:
        return self._clock()

    def authenticate(self, token: str) -> Who | None:
        found = self._access.find(token)
        if found is None:
            return None
        return Who(found.id, found.role, found.name, found.counter, found.area)

    def command(
        self, who: Who, command_id: str, do: Command, reply: Callable[[Result], None]
    ) -> None:
        """Do a command; `reply` is called in the event loop after the commit."""
        if self._writer is None:
            reply(Result(id=command_id, rejected=rejected("server_stopping")))
        elif type(do) not in MAY[who.role]:
            reply(Result(id=command_id, rejected=rejected("not_allowed")))
        else:
            self._writer.put(CommandJob(who, command_id, do, reply))

    async def submit(self, who: Who, command_id: str, do: Command) -> Result:
        future: asyncio.Future[Result] = self._loop.create_future()

        def reply(result: Result) -> None:
            if not future.done():
                future.set_result(result)

        self.command(who, command_id, do, reply)
        return await future

    async def read(self, who: Who, what: Read) -> Answer | Rejected:
        if self._writer is None:
            return rejected("server_stopping")
        try:
            return await self.ask(
                lambda w: read(w.hall, w.log, w.sealer, who, what, self._clock(), w.ranges)
            )
        except DatabaseError as error:
            return rejected("store_unavailable", {"detail": str(error)})

    async def ask(self, run: Callable[[Writer], T]) -> T:
        """Run something in the writer's thread between two commits."""
        if self._writer is None:
            raise RuntimeError("the server is stopping")
        future: asyncio.Future[T] = self._loop.create_future()

        def done(answer: object, error: BaseException | None) -> None:
            def settle() -> None:
                if future.done():
                    return
                if error is None:
                    future.set_result(cast(T, answer))
                else:
                    future.set_exception(error)

            self._loop.call_soon_threadsafe(settle)

        self._writer.put(CallJob(run, done))
        return await future

    def topics(self, who: Who) -> tuple[str, ...]:
        group = Group(_watched(who), 0)
        return tuple(topic for topic in self._documents if group.sees(self._names(topic)))

    def document(self, topic: str) -> Document | None:
        raw = self._documents.get(topic)
        return None if raw is None else decode_document(topic, raw)

    # --- for the estimator ---

    def tell_ranges(self, told: Told | None) -> None:
        """Show these ranges of waiting time from now on; none at all where `told` is None."""
        if self._writer is None:
            return
        now = self._clock()

        def show(writer: Writer) -> None:
            was = writer.ranges
            ranges = Ranges(told, now)
            if was is not None and was.state.state == ranges.state.state:
                ranges.since = was.since
            writer.tell_ranges(ranges)

        self._writer.put(CallJob(show, lambda _answer, _error: None))

    # --- for the connector ---

    def commits(self) -> asyncio.Event:
        """An event set at each commit; clear it before waiting."""
        event = asyncio.Event()
        self._committed.append(event)
        return event

    def stop(self) -> None:
        """Take no more commands; finish those handed in."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.stop()


def _watched(who: Who) -> tuple[str, ...]:
    """What a program sees, by its role, counter and area."""
    calls = f"calls/{who.area or '*'}"
    match who.role:
        case "kiosk":
            return ("hall", "queues")
        case "board" | "announcer":
            return ("hall", "queues", calls)
        case "screen":
            return ("hall", f"screen/{who.counter}")
        case "pad":
            return ("hall", f"screen/{who.counter}", f"pad/{who.counter}")
        case "caller":
            return ("hall", "queues", f"counter/{who.counter}")
        case "manager":
            return ("hall", "queues", "calls/*", "counter/*", "programs", "alerts")
        case "integration":
            return ("hall", "queues", "calls/*", "counter/*")
        case "station":
            return ("hall", "queues", calls, *(f"{kind}/@{who.area}" for kind in COUNTER_KINDS))
