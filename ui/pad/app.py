"""The pad's program: builds and joins its parts."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Protocol

from msgspec import Meta
from PySide6.QtCore import QObject, Slot

from queue_server.domain.commands import Command
from queue_server.protocol.messages import Result
from queue_server.protocol.views import PadView
from ui.feed import Feed
from ui.options import Options, read_or_exit
from ui.pad import flow, reasons
from ui.pad.view import pad_screen
from ui.program import Program
from ui.shown import shown

QML = Path(__file__).with_name("Pad.qml")


class PadOptions(Options, frozen=True, kw_only=True):
    """What a pad can be told besides."""

    seconds: Annotated[
        int, Meta(ge=5, le=600, description="多久无人触摸即放弃 seconds the faces stay")
    ] = 40


class Sender(Protocol):
    """What the pad needs of the gateway."""

    def command(self, do: Command, on_result: Callable[[Result], None]) -> object: ...


class Touches(QObject):
    """What fingers and the server do to the pad; `view` follows."""

    def __init__(self, feed: Feed, gateway: Sender, times: flow.Times) -> None:
        super().__init__()
        self._feed, self._gateway, self._times = feed, gateway, times
        self._dictionary = reasons.load()
        self._pad = flow.Pad()
        self.view = shown(pad_screen(feed.inputs, self._pad, self._dictionary))
        feed.changed.connect(self._inputs_changed)

    @Slot(int)
    def face(self, level: int) -> None:
        """One of the five faces."""
        self._become(flow.touch_face(self._pad, level, self._feed.inputs.now, self._times))

    @Slot(str)
    def reason(self, code: str) -> None:
        """A reason's chip."""
        self._become(flow.touch_reason(self._pad, code, self._feed.inputs.now, self._times))

    @Slot()
    def submit(self) -> None:
        """The reasons are complete."""
        self._become(flow.touch_submit(self._pad))

    @Slot()
    def back(self) -> None:
        """Back to the faces."""
        self._become(flow.touch_back(self._pad, self._feed.inputs.now, self._times))

    @Slot()
    def decline(self) -> None:
        """Rather not."""
        self._become(flow.touch_decline(self._pad))

    def _inputs_changed(self) -> None:
        inputs = self._feed.inputs
        counter = inputs.me.counter if inputs.me else None
        document = inputs.document(f"pad/{counter}", PadView)
        if document is not None:
            asked = document.asked
            self._become(flow.question(self._pad, asked, inputs.now, self._times))
        self._become(flow.pass_time(self._pad, inputs.now))

    def _become(self, pad: flow.Pad) -> None:
        self._pad = pad
        self.view.show(pad_screen(self._feed.inputs, pad, self._dictionary))
        if pad.send is not None:
            self._gateway.command(pad.send, self._answered)

    def _answered(self, result: Result) -> None:
        now = self._feed.inputs.now
        self._become(flow.answered(self._pad, result.rejected, now, self._times))


def main(arguments: Sequence[str]) -> int:
    """Run the pad."""
    options = read_or_exit(PadOptions, "pad", arguments)
    program = Program("pad", options)
    times = flow.Times(asked=options.seconds * 1000)
    touches = Touches(program.feed, program.gateway, times)
    program.open(QML, {"view": touches.view, "touches": touches})
    return program.run()
