"""A small hall for the rules' tests: commands in, the log kept as bytes as a store would."""

import copy
import re
from dataclasses import dataclass, field

import msgspec

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.apply import Touched, apply
from queue_server.domain.codes import CODES, sentence
from queue_server.domain.decide import By, Events, Given, Rejection, decide
from queue_server.domain.hall import Hall, Ticket, Transaction
from queue_server.domain.values import (
    Area,
    AreaId,
    Counter,
    CounterId,
    Day,
    Holder,
    IdentityNeed,
    Ms,
    PersonKey,
    Profile,
    ProfileId,
    Right,
    Service,
    ServiceId,
    Settings,
    Staff,
    StaffId,
    Text,
    TicketId,
    Why,
)

START = 1_772_409_600_000
"""2026-03-02 08:00 in China."""
EVENTS: msgspec.json.Decoder[e.Event] = msgspec.json.Decoder(e.Event)
ENCODER = msgspec.json.Encoder()


def text(word: str) -> Text:
    return Text(zh=f"{word}（中文）", en=word)


def service(key: str, prefix: str, identity: IdentityNeed = "optional") -> Service:
    name, department = text(f"service {key}"), text("department")
    return Service(
        id=ServiceId(key),
        prefix=prefix,
        name=name,
        department=department,
        area=AreaId("hall"),
        identity=identity,
    )


def counter(key: str, number: int, profile: str) -> Counter:
    return Counter(
        id=CounterId(key),
        number=number,
        name=text(f"counter {number}"),
        area=AreaId("hall"),
        profile=ProfileId(profile),
    )


def staff(key: str, *rights: Right) -> Staff:
    return Staff(id=StaffId(key), name=f"Clerk {key}", rights=rights)


def profile(key: str, *services: str) -> Profile:
    return Profile(id=ProfileId(key), name=text(key), services=tuple(map(ServiceId, services)))


SERVICES = (
    service("tax", "A"),
    service("levy", "A"),
    service("land", "B", "required"),
    service("ask", "C", "none"),
)
PROFILES = (profile("all", "tax", "levy", "land", "ask"), profile("few", "levy", "ask"))
COUNTERS = (counter("k1", 1, "all"), counter("k2", 2, "all"), counter("k3", 3, "few"))
STAFF = (staff("ann"), staff("bo", "call_this", "remove"), staff("chu", "manage"))


def person(number: str, birth: str = "", name: str = "张三") -> Holder:
    return Holder(name=name, number=number, birth=birth)


@dataclass
class Ledger:
    """A hall driven by commands: every answer is checked for form, every event is logged."""

    hall: Hall = field(default_factory=Hall)
    log: list[tuple[int, Ms, bytes]] = field(default_factory=list)
    now: int = START
    ids: int = 0
    manager: bool = False

    def given(self) -> Given:
        return Given(
            now=Ms(self.now),
            by=By("program", self.manager),
            new_id=self.new_id,
            person_key=lambda holder: PersonKey(f"key of {holder.number}"),
        )

    def new_id(self) -> str:
        self.ids += 1
        return f"{self.ids:032x}"

    def decide(self, command: c.Command) -> Events | Rejection:
        """The rules' answer, with nothing applied."""
        answer = decide(self.hall, command, self.given())
        if isinstance(answer, Rejection):
            check_rejection(answer)
        return answer

    def take(self, event: e.Event) -> Touched:
        """Log one event and apply it."""
        seq, at = len(self.log) + 1, Ms(self.now)
        self.log.append((seq, at, ENCODER.encode(event)))
        return apply(self.hall, event, seq, at)

    def do(self, command: c.Command) -> list[e.Event]:
        """Do a command that must be allowed; returns its events. A second passes."""
        answer = self.decide(command)
        assert not isinstance(answer, Rejection), answer
        for event in answer:
            self.take(event)
        self.now += 1000
        return answer

    def refuse(self, command: c.Command) -> str:
        """Ask for a command that must be refused; returns the code."""
        answer = self.decide(command)
        assert isinstance(answer, Rejection), answer
        return answer.code

    # --- the words of the examples ---

    def issue(
        self, service: str = "tax", holder: Holder | None = None, priority: int = 0
    ) -> Ticket:
        """Take a ticket."""
        [event] = self.do(
            c.IssueTicket(
                service=ServiceId(service),
                holder=holder,
                priority=priority,
                priority_reason="disabled" if priority else "",
            )
        )
        assert isinstance(event, e.TicketIssued)
        return self.hall.tickets[event.ticket]

    def call(self, counter: str = "k1") -> Ticket:
        """Call the next ticket."""
        [event] = self.do(c.CallNext(counter=CounterId(counter)))
        assert isinstance(event, e.TicketCalled)
        return self.hall.tickets[event.ticket]

    def serve(self, counter: str = "k1") -> Transaction:
        """Call the next ticket and serve it to its end."""
        ticket = self.call(counter)
        self.do(c.EndService(counter=CounterId(counter)))
        assert ticket.transaction is not None
        return self.hall.transactions[ticket.transaction]

    def miss(self, counter: str = "k1") -> Ticket:
        """Call the next ticket, whose citizen is absent."""
        ticket = self.call(counter)
        self.do(c.NoShow(counter=CounterId(counter)))
        return ticket

    def transaction(self, ticket: Ticket) -> Transaction:
        assert ticket.transaction is not None
        return self.hall.transactions[ticket.transaction]

    def why(self, transaction: Transaction) -> Why:
        """Why its ticket was called, as the log keeps it."""
        events = (EVENTS.decode(data) for _, _, data in reversed(self.log))
        return next(
            event.why
            for event in events
            if isinstance(event, e.TicketCalled | e.JointBegun)
            and event.transaction == transaction.id
        )


def settings(**changes: object) -> Settings:
    return msgspec.structs.replace(Settings(name=text("Hall")), **changes)


def defined(chosen: Settings | None = None) -> Ledger:
    """A hall with everything defined and nothing open."""
    ledger = Ledger()
    ledger.do(c.DefineHall(settings=chosen or settings()))
    ledger.do(c.DefineArea(area=Area(id=AreaId("hall"), name=text("Hall"))))
    for one in SERVICES:
        ledger.do(c.DefineService(service=one))
    for plan in PROFILES:
        ledger.do(c.DefineProfile(profile=plan))
    for place in COUNTERS:
        ledger.do(c.DefineCounter(counter=place))
    for clerk in STAFF:
        ledger.do(c.DefineStaff(staff=clerk))
    return ledger


def opened(chosen: Settings | None = None, day: str = "2026-03-02") -> Ledger:
    """A hall on a morning: Ann sits at counter 1, Bo (who may call out of order) at counter 2."""
    ledger = defined(chosen)
    ledger.do(c.OpenDay(day=Day(day)))
    ledger.do(c.SignIn(counter=CounterId("k1"), staff=StaffId("ann")))
    ledger.do(c.SignIn(counter=CounterId("k2"), staff=StaffId("bo")))
    return ledger


_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def check_rejection(rejection: Rejection) -> None:
    """The code is known, and its details fill both sentences."""
    meaning = CODES[rejection.code]
    for pattern in (meaning.zh, meaning.en):
        assert set(_PLACEHOLDER.findall(pattern)) <= set(rejection.details), rejection
    for language in ("zh", "en"):
        assert len(sentence(rejection.code, rejection.details, language)) < 600
    ENCODER.encode(rejection)


def replayed(log: list[tuple[int, Ms, bytes]]) -> Hall:
    """A hall rebuilt from logged bytes."""
    hall = Hall()
    for seq, at, data in log:
        apply(hall, EVENTS.decode(data), seq, at)
    return hall


def rows(hall: Hall) -> dict[str, object]:
    """Copies of every row a store would keep."""
    kept: dict[str, object] = {f"ticket {key}": copy.copy(t) for key, t in hall.tickets.items()}
    kept |= {f"transaction {key}": copy.copy(t) for key, t in hall.transactions.items()}
    kept |= {f"counter {key}": copy.deepcopy(now) for key, now in hall.at.items()}
    return kept


def touched_rows(touched: Touched) -> set[str]:
    return (
        {f"ticket {t.id}" for t in touched.tickets}
        | {f"transaction {t.id}" for t in touched.transactions}
        | {f"counter {key}" for key in touched.counters}
    )


TICKET_IDS = [TicketId(f"{n:032x}") for n in range(1, 13)]
"""The first ids a ledger gives."""
