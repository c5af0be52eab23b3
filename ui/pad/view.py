"""What the pad shows, from the documents and the pad's own state."""

from typing import Literal, assert_never

from queue_server.domain.codes import sentence
from queue_server.domain.values import Ms, Text
from queue_server.protocol.views import RatingAsked, ScreenView
from ui.connection import Both, Line, both, line
from ui.inputs import Inputs, Language
from ui.pad.flow import Asked, Pad, Reasons, Resting, Sending, Told
from ui.pad.reasons import Dictionary
from ui.shown import Snapshot

Page = Literal["resting", "asked", "reasons", "sending", "thanks", "declined", "refused"]


class Choice(Snapshot, frozen=True, kw_only=True):
    """A reason that may be chosen."""

    code: str
    text: Both
    chosen: bool


class Face(Snapshot, frozen=True, kw_only=True):
    """One of the five levels."""

    level: int
    text: Both


class PadScreen(Snapshot, frozen=True, kw_only=True):
    """Everything on the pad."""

    language: Language = "zh"
    line: Line = Line()
    page: Page = "resting"
    hall: Both = Both()
    counter: str = ""
    staff: str = ""
    staff_id: str = ""
    number: str = ""
    service: Both = Both()
    faces: tuple[Face, ...] = ()
    level: int = 0
    reasons: tuple[Choice, ...] = ()
    seconds: int = 0
    """Left until the page goes by itself."""
    words: Both = Both()
    """Of a refusal."""


def pad_screen(inputs: Inputs, pad: Pad, dictionary: Dictionary) -> PadScreen:
    """The pad of the counter this program is registered for."""
    counter = inputs.me.counter if inputs.me else None
    screen = inputs.document(f"screen/{counter}", ScreenView)
    hall = inputs.hall
    asked: RatingAsked | None = getattr(pad.state, "asked", None)
    staff = asked.staff if asked and asked.staff else screen.staff if screen else None
    names = {s.id: s.name for s in hall.services} if hall else {}
    level = pad.state.level if isinstance(pad.state, Reasons) else 0
    chosen = pad.state.chosen if isinstance(pad.state, Reasons) else ()
    reasons = dictionary.level(level).reasons if level else ()
    return PadScreen(
        language=inputs.language,
        line=line(inputs),
        page=_page(pad),
        hall=both(hall.name, inputs) if hall else Both(),
        counter=str(screen.number) if screen else "",
        staff=staff.name if staff else "",
        staff_id=staff.id if staff else "",
        number=asked.number if asked else "",
        service=both(names[asked.service], inputs) if asked and asked.service in names else Both(),
        faces=tuple(Face(level=x.level, text=both(x.text, inputs)) for x in dictionary.levels),
        level=level,
        reasons=tuple(
            Choice(code=r.code, text=both(r.text, inputs), chosen=r.code in chosen) for r in reasons
        ),
        seconds=_seconds(pad, inputs.now),
        words=_refusal(pad, inputs),
    )


def _page(pad: Pad) -> Page:
    match pad.state:
        case Resting():
            return "resting"
        case Asked():
            return "asked"
        case Reasons():
            return "reasons"
        case Sending():
            return "sending"
        case Told() as told:
            if told.rejected:
                return "refused"
            return "thanks" if told.rated else "declined"
        case _:
            assert_never(pad.state)


def _seconds(pad: Pad, now: Ms) -> int:
    until = pad.state.until if isinstance(pad.state, Asked | Reasons) else now
    return max(0, -(-(until - now) // 1000))


def _refusal(pad: Pad, inputs: Inputs) -> Both:
    if not isinstance(pad.state, Told) or pad.state.rejected is None:
        return Both()
    found = pad.state.rejected
    zh = found.zh or sentence(found.code, found.details, "zh")
    en = found.en or sentence(found.code, found.details, "en")
    return both(Text(zh=zh, en=en), inputs)
