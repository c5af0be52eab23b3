"""An invented hall in several conditions, as the documents a program would be sent."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal, cast

import msgspec

from queue_server.domain.values import (
    Area,
    AreaId,
    CounterId,
    Day,
    Ms,
    ServiceId,
    StaffId,
    Text,
    TicketId,
    TransactionId,
    Why,
)
from queue_server.protocol.codec import rejected
from queue_server.protocol.messages import Document, Identity, Me, Waiting, WaitingTicket
from queue_server.protocol.views import (
    BranchView,
    CallsView,
    CallView,
    CounterName,
    CounterState,
    CounterView,
    CountsView,
    HallView,
    MovedView,
    PadView,
    QueuesView,
    QueueView,
    RatingAsked,
    RouteView,
    ScreenView,
    ServiceView,
    StaffName,
    StepView,
    TicketView,
)
from ui.inputs import Inputs, Language
from ui.pad.flow import Asked, Pad, Reasons, Sending, Told

Role = Literal["board", "screen", "pad", "caller"]
AREA = AreaId("hall-1")
COUNTER = CounterId("c3")
NOW = cast(Ms, int(datetime(2025, 3, 18, 10, 32).timestamp() * 1000))  # noqa: DTZ001 local on purpose
MINUTE = 60_000

SERVICES = (
    ("A", "社会保险", "Social insurance"),
    ("B", "不动产登记", "Real estate registration"),
    ("C", "企业开办", "Starting a business"),
    ("D", "公积金提取", "Housing fund withdrawal"),
    ("E", "出入境证件", "Exit and entry documents"),
)
LONG = Text(
    zh="外商投资企业分支机构设立登记及食品经营许可联合办理",
    en="Joint registration of foreign-invested branch offices with food business licensing",
)
STAFF = ("李晓红", "王建国", "陈静", "欧阳明远", "赵敏")


def ago(minutes: float) -> Ms:
    """So many minutes before the pictures' moment."""
    return cast(Ms, NOW - int(minutes * MINUTE))


def hall(*, many: bool = False, opened: bool = True) -> HallView:
    """The hall's own document: five services and counters, or two hundred."""
    count = 200 if many else len(SERVICES)
    return HallView(
        name=LONG_HALL if many else Text(zh="云溪区政务服务中心", en="Yunxi Government Services"),
        day=Day("2025-03-18") if opened else None,
        opened_at=ago(92) if opened else None,
        start_distinct=True,
        areas=(Area(id=AREA, name=Text(zh="一楼综合区", en="Ground floor")),),
        services=tuple(_service(i, many) for i in range(count)),
        counters=tuple(
            CounterName(
                id=CounterId(f"c{i + 1}"),
                number=i + 1,
                name=Text(zh="综合窗口", en="General counter"),
                area=AREA,
                services=(ServiceId(f"s{i}"),),
            )
            for i in range(count)
        ),
        staff=tuple(
            StaffName(id=StaffId(f"{1001 + i}"), name=STAFF[i % len(STAFF)]) for i in range(count)
        ),
    )


LONG_HALL = Text(
    zh="国家级经济技术开发区行政审批与便民服务一体化中心",
    en="National Economic and Technological Development Zone Integrated Services Center",
)


def _service(index: int, many: bool) -> ServiceView:
    prefix, zh, en = SERVICES[index % len(SERVICES)]
    name = LONG if many and index % 3 == 0 else Text(zh=zh, en=en)
    return ServiceView(
        id=ServiceId(f"s{index}"),
        prefix=prefix,
        name=name,
        department=Text(zh="综合", en="General"),
        area=AREA,
    )


def queues(*, many: bool = False) -> QueuesView:
    """People waiting."""
    count = 200 if many else len(SERVICES)
    waiting = (12, 7, 0, 23, 4)
    return QueuesView(
        queues=tuple(
            QueueView(
                service=ServiceId(f"s{i}"),
                waiting=200 + i if many else waiting[i],
                oldest_at=ago(18 + i) if many or waiting[i] else None,
                counters_open=0 if i % 5 == 4 else 2,
                wait_low_s=None if i % 5 == 4 else 240 * (i % 34 + 1),
                wait_high_s=None if i % 5 == 4 else 400 * (i % 34 + 1),
            )
            for i in range(count)
        )
    )


def calls(*, many: bool = False) -> CallsView:
    """The last eight calls."""
    numbers = ("A012", "D023", "B007", "A011", "E004", "C015", "A010", "D022")
    counters = (3, 12, 5, 1, 8, 2, 3, 11)
    return CallsView(
        area=AREA,
        recent=tuple(
            CallView(
                seq=900 - i,
                at=ago(i * 1.5),
                number=f"ZH{1208 - i}" if many else numbers[i],
                ticket=TicketId(f"t{i}"),
                counter=CounterId(f"c{counters[i]}"),
                counter_number=188 + i if many else counters[i],
                area=AREA,
                service=ServiceId("s0"),
                holder="欧阳**" if many else "张*",
            )
            for i in range(8)
        ),
    )


def moved(count: int) -> tuple[MovedView, ...]:
    """Visits on their way to their next step."""
    counters = ((4, 5), (2,), (1, 2, 3, 8, 9, 11), (), (5,))
    return tuple(
        MovedView(
            number=f"C{9 + i:03}",
            ticket=TicketId(f"m{i}"),
            at=ago(i),
            service=ServiceId(f"s{(i + 3) % 5}"),
            area=AREA,
            counters=counters[i],
        )
        for i in range(count)
    )


def ticket(number: str, *, state: str = "serving", many: bool = False) -> TicketView:
    """A ticket at a counter."""
    return TicketView(
        id=TicketId(number),
        number=number,
        service=ServiceId("s0"),
        state=cast(Literal["serving"], state),
        issued_at=ago(27),
        holder="欧阳**" if many else "张*",
        priority=2,
        priority_reason="elderly",
        called_at=ago(6),
        started_at=ago(5) if state == "serving" else None,
        transaction=TransactionId(f"x-{number}"),
        why=Why(rule="priority_then_arrival", priority=2, considered=23),
        has_identity=True,
        face="ask_staff" if many else "",
        card_expired=many,
    )


def counter(state: CounterState = "serving", *, many: bool = False) -> CounterView:
    """A counter as its clerk sees it."""
    at = ticket("ZH1208" if many else "A012", state=state, many=many)
    rest = 40 if many else 2
    return CounterView(
        id=COUNTER,
        number=188 if many else 3,
        name=Text(zh="综合窗口", en="General counter"),
        area=AREA,
        state=state,
        since=ago(5),
        services=tuple(ServiceId(f"s{i}") for i in range(200 if many else 3)),
        staff=None if state == "closed" else StaffName(id=StaffId("1003"), name="陈静"),
        signed_in_at=ago(90),
        ticket=at if state in {"serving", "called"} else None,
        held=()
        if state == "closed"
        else tuple(ticket(f"B{i:03}", state="held") for i in range(1, rest + 1)),
        no_shows=()
        if state == "closed"
        else tuple(ticket(f"A{i:03}", state="no_show") for i in range(3, 11 if many else 5)),
        direct_waiting=1,
        pause_reason="用餐" if state == "paused" else "",
        pause_until=cast(Ms, NOW + 28 * MINUTE) if state == "paused" else None,
        counts=CountsView(called=34, served=29, no_show=3, transferred=1),
        rating="asked" if state == "free" else "none",
    )


def with_route(
    made: Inputs, *, number: str, state: str = "serving", joint: tuple[int, ...] = ()
) -> Inputs:
    """The same counter in a hall with routes, with a visit in its second step."""
    defined = msgspec.structs.replace(
        hall(),
        routes=(
            RouteView(
                id="open",
                name=Text(zh="企业开办一件事", en="Open a business"),
                services=tuple(ServiceId(f"s{i}") for i in (1, 0, 3)),
                joint=True,
            ),
            RouteView(
                id="house",
                name=Text(zh="二手房转移登记一件事", en="Transfer of a second-hand flat"),
                services=tuple(ServiceId(f"s{i}") for i in (2, 3)),
            ),
        ),
    )
    steps = (
        StepView(service=ServiceId("s1"), state="done", area=AREA, counters=(2,)),
        StepView(service=ServiceId("s0"), state="now", area=AREA, counters=(3, *joint)),
        StepView(service=ServiceId("s3"), state="next", area=AREA, counters=(4, 5, 6, 9)),
    )
    at = msgspec.structs.replace(
        ticket(number, state=state),
        route=defined.routes[0].name,
        steps=steps,
        joint=joint,
        must_choose=not joint,
        branches=()
        if joint
        else (
            BranchView(id="more", name=Text(zh="补交材料", en="More papers")),
            BranchView(id="stop", name=Text(zh="不予受理，结束", en="Refused, end here")),
        ),
    )
    topic = f"counter/{COUNTER}"
    seen = counter(cast(CounterState, state))
    seen = msgspec.structs.replace(seen, ticket=at if state != "free" else None)
    moved = msgspec.structs.replace(
        screen("free"), moved=number, moved_to=ServiceId("s3"), moved_counters=(4, 5, 6, 9, 11)
    )
    documents: dict[str, Document] = {"hall": defined, topic: seen, f"screen/{COUNTER}": moved}
    return msgspec.structs.replace(made, documents={**made.documents, **documents})


def screen(state: CounterState = "serving", *, many: bool = False) -> ScreenView:
    """What hangs over the same counter."""
    view = counter(state, many=many)
    return ScreenView(
        counter=COUNTER,
        number=view.number,
        name=LONG if many else view.name,
        state=state,
        services=view.services,
        staff=view.staff,
        ticket=view.ticket.number if view.ticket else "",
        holder=view.ticket.holder if view.ticket else "",
        called_at=ago(1) if view.ticket else None,
        pause_reason=view.pause_reason,
        pause_until=view.pause_until,
    )


def asked() -> PadView:
    """A rating asked for."""
    return PadView(
        counter=COUNTER,
        asked=RatingAsked(
            transaction=TransactionId("x-A012"),
            number="A012",
            service=ServiceId("s0"),
            at=NOW,
            staff=StaffName(id=StaffId("1003"), name="陈静"),
        ),
    )


def inputs(
    role: Role,
    language: Language,
    documents: dict[str, Document],
    *,
    cut: bool = False,
) -> Inputs:
    """The inputs of a program of `role` that was sent `documents`."""
    return Inputs(
        language=language,
        now=NOW,
        connected=not cut,
        cut_since=ago(4) if cut else None,
        me=Me(
            role=role,
            name=role,
            program="p1",
            counter=None if role == "board" else COUNTER,
            area=AREA if role == "board" else None,
        ),
        documents=documents,
    )


Maker = Callable[[Language], Inputs]


def board_scenes() -> dict[str, Maker]:
    """The board's conditions."""

    def made(documents: dict[str, Document], *, cut: bool = False) -> Maker:
        return lambda language: inputs("board", language, documents, cut=cut)

    topic = f"calls/{AREA}"
    day: dict[str, Document] = {"hall": hall(), "queues": queues(), topic: calls()}
    many: dict[str, Document] = {
        "hall": hall(many=True),
        "queues": queues(many=True),
        topic: msgspec.structs.replace(calls(many=True), moved=moved(5)),
    }
    on_the_way: dict[str, Document] = {
        **day,
        topic: msgspec.structs.replace(calls(), moved=moved(3)),
    }
    return {
        "day": made(day),
        "moved": made(on_the_way),
        "many": made(many),
        "nothing": made({"hall": hall(opened=False), topic: CallsView(area=AREA)}),
        "cut": made(day, cut=True),
        "starting": lambda language: Inputs(language=language, now=NOW),
    }


def counter_scenes(role: Role) -> dict[str, Maker]:
    """Conditions of a counter's screen and caller."""

    def made(state: CounterState, *, many: bool = False, cut: bool = False) -> Maker:
        documents: dict[str, Document] = {
            "hall": hall(many=many),
            "queues": queues(many=many),
            f"screen/{COUNTER}": screen(state, many=many),
            f"counter/{COUNTER}": counter(state, many=many),
            f"pad/{COUNTER}": PadView(counter=COUNTER),
        }
        return lambda language: inputs(role, language, documents, cut=cut)

    return {
        "serving": made("serving"),
        "called": made("called"),
        "free": made("free"),
        "paused": made("paused"),
        "closed": made("closed"),
        "many": made("serving", many=True),
        "cut": made("serving", cut=True),
        "steps": lambda language: with_route(made("serving")(language), number="B012"),
        "joint": lambda language: with_route(made("serving")(language), number="B012", joint=(4,)),
        "moved": lambda language: with_route(made("free")(language), number="B012", state="free"),
        "helping": lambda language: helping(made("free")(language)),
        "starting": lambda language: Inputs(language=language, now=NOW),
    }


def helping(inputs: Inputs) -> Inputs:
    """Nobody waits for the counter itself, but for queues that it may help."""
    topic = f"counter/{COUNTER}"
    here = inputs.documents[topic]
    assert isinstance(here, CounterView)
    *helped, own = here.services  # nobody waits for the last
    changed = msgspec.structs.replace(
        here, services=(own,), helps=tuple(helped), direct_waiting=0, held=()
    )
    return msgspec.structs.replace(inputs, documents={**inputs.documents, topic: changed})


def identity() -> Identity:
    """Who the ticket at the counter is for."""
    return Identity(ticket=TicketId("A012"), name="张建国", number="**************1234")


def waiting() -> Waiting:
    """Tickets that might be called out of order."""
    return Waiting(
        tickets=tuple(
            WaitingTicket(
                id=TicketId(f"w{i}"),
                number=f"A{13 + i:03}",
                service=ServiceId(f"s{i % 5}"),
                issued_at=ago(30 - i),
                place=i + 1 if i < 10 else 0,
            )
            for i in range(20)
        ),
        total=23,
    )


def pad_scenes(language: Language) -> Iterator[tuple[str, Inputs, Pad]]:
    """Conditions of a rating pad."""
    scenes = counter_scenes("pad")
    day, closed, many, cut = (scenes[n](language) for n in ("serving", "closed", "many", "cut"))
    question = asked().asked
    if question is None:
        return
    soon = cast(Ms, NOW + 23_000)
    yield "resting", day, Pad()
    yield "closed", closed, Pad()
    yield "cut", cut, Pad()
    yield "many", many, Pad(state=Asked(asked=question, until=soon))
    yield "asked", day, Pad(state=Asked(asked=question, until=soon))
    for level in (5, 2):
        code = f"{level}10"
        state = Reasons(asked=question, level=level, until=soon, chosen=(code,))
        yield f"reasons-{level}", day, Pad(state=state)
    yield "sending", cut, Pad(state=Sending(asked=question, rated=True))
    yield "thanks", day, Pad(state=Told(until=soon))
    yield "refused", day, Pad(state=Told(until=soon, rejected=rejected("already_rated")))
