"""What a counter's screen shows, from the documents alone."""

from typing import Literal, assert_never

from queue_server.domain.values import ServiceId, Text
from queue_server.protocol.views import ScreenView
from ui.connection import Both, Line, both, line
from ui.inputs import Inputs, Language
from ui.pauses import pause_words
from ui.shown import Snapshot
from ui.wording import clock, counters_text

Mood = Literal["calling", "serving", "free", "paused", "closed"]


MOST_PLACES = 4
"""Counters named of those a citizen may be called to."""


class CounterScreenView(Snapshot, frozen=True, kw_only=True):
    """Everything on the screen over a counter."""

    language: Language = "zh"
    line: Line = Line()
    counter: str = ""
    name: Both = Both()
    hall: Both = Both()
    clock: str = ""
    services: Both = Both()
    staff: str = ""
    staff_id: str = ""
    mood: Mood = "closed"
    ticket: str = ""
    holder: str = ""
    call: str = ""
    """Changes with each call and recall, so that the screen blinks."""
    title: Both = Both()
    detail: Both = Both()


def counter_screen_view(inputs: Inputs) -> CounterScreenView:
    """The screen of the counter this program is registered for."""
    counter = inputs.me.counter if inputs.me else None
    screen = inputs.document(f"screen/{counter}", ScreenView)
    hall = inputs.hall
    base = CounterScreenView(
        language=inputs.language,
        line=line(inputs),
        hall=both(hall.name, inputs) if hall else Both(),
        clock=clock(inputs.now),
    )
    if screen is None:
        return base
    names = {s.id: s.name for s in hall.services} if hall else {}
    offered = [names[s] for s in screen.services if s in names]
    services = Text(
        zh="、".join(t.zh for t in offered), en=", ".join(t.en for t in offered if t.en)
    )
    mood = _mood(screen)
    moved = _moved(screen, names)
    title, detail = moved or _words(mood, screen)
    return CounterScreenView(
        language=inputs.language,
        line=base.line,
        counter=str(screen.number),
        name=both(screen.name, inputs),
        hall=base.hall,
        clock=base.clock,
        services=both(services, inputs),
        staff=screen.staff.name if screen.staff else "",
        staff_id=screen.staff.id if screen.staff else "",
        mood=mood,
        ticket=screen.moved if moved else screen.ticket if mood in {"calling", "serving"} else "",
        holder=_places(screen)
        if moved
        else screen.holder
        if mood in {"calling", "serving"}
        else "",
        call=f"{screen.ticket}/{screen.called_at}/{screen.recalls}" if screen.ticket else "",
        title=both(title, inputs),
        detail=both(detail, inputs),
    )


def _moved(screen: ScreenView, names: dict[ServiceId, Text]) -> tuple[Text, Text] | None:
    """Where the citizen just served goes next; None where nobody does."""
    if not screen.moved or screen.state != "free" or screen.moved_to not in names:
        return None
    name = names[screen.moved_to]
    next_ = Text(zh=f"下一步：{name.zh}", en=f"Next: {name.en}" if name.en else "")
    return next_, Text(zh="", en="")


def _places(screen: ScreenView) -> str:
    """The counters that may call the citizen next, in both languages."""
    places = counters_text(screen.moved_counters, MOST_PLACES)
    return f"{places.zh}  {places.en}".strip()


def _mood(screen: ScreenView) -> Mood:
    match screen.state:
        case "called":
            return "calling"
        case "serving" | "free" | "paused" | "closed":
            return screen.state
        case _:
            assert_never(screen.state)


def _words(mood: Mood, screen: ScreenView) -> tuple[Text, Text]:
    nothing = Text(zh="", en="")
    match mood:
        case "calling":
            again = screen.recalls > 0
            return Text(
                zh="再次呼叫，请到本窗口" if again else "请到本窗口办理",
                en="Calling again: please come here" if again else "Please come to this counter",
            ), nothing
        case "serving":
            return Text(zh="正在办理", en="Now serving"), nothing
        case "free":
            return Text(zh="请等候呼叫", en="Please wait for your number"), nothing
        case "closed":
            return Text(zh="本窗口暂未开放", en="This counter is closed"), nothing
        case "paused":
            why = pause_words(screen.pause_reason)
            if screen.pause_until is None:
                return Text(zh="暂停服务", en="Service paused"), why
            until = clock(screen.pause_until)
            gap = " · " if why.en else ""
            return Text(zh="暂停服务", en="Service paused"), Text(
                zh=f"{why.zh} · 预计 {until} 恢复", en=f"{why.en}{gap}back at about {until}"
            )
        case _:
            assert_never(mood)
