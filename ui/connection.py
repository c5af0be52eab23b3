"""What a screen says about its line to the server."""

from queue_server.domain.codes import sentence
from queue_server.domain.values import Ms, Text
from ui.inputs import Inputs
from ui.shown import Snapshot
from ui.wording import clock, in_language, other


class Both(Snapshot, frozen=True, kw_only=True):
    """One text in the screen's language, and in the hall's other one."""

    first: str = ""
    second: str = ""


def both(text: Text, inputs: Inputs) -> Both:
    """The two languages of `text`, the screen's own first."""
    return Both(first=in_language(text, inputs.language), second=other(text, inputs.language))


class Line(Snapshot, frozen=True, kw_only=True):
    """The connection. `as_of` is set while what is shown is old."""

    connected: bool = False
    as_of: str = ""
    """Time of day of the data shown, where the server is away."""
    waiting_for: bool = False
    """No data has come yet."""
    reason: Both = Both()
    """Why the server sent this program away, where it did."""


def line(inputs: Inputs) -> Line:
    """The state of the line."""
    if inputs.connected:
        return Line(connected=True)
    reason = Both()
    if inputs.refused:
        zh, en = (sentence(inputs.refused, {}, language) for language in ("zh", "en"))
        reason = both(Text(zh=zh, en=en), inputs)
    if not inputs.documents:
        return Line(waiting_for=True, reason=reason)
    return Line(as_of=clock(inputs.cut_since or Ms(inputs.now)), reason=reason)
