"""The part of the flow that is told of its devices, its hall and its line to the server."""

from typing import assert_never

import msgspec

from kiosk import facing
from kiosk import inputs as i
from kiosk.pages import at_home
from kiosk.states import Arrive, Choose, FaceAsk, FaceLook, Kiosk, Who

Seen = (
    i.CardLifted
    | i.ReaderSeen
    | i.PrinterSeen
    | i.ScannerSeen
    | i.CameraSeen
    | i.FaceCodeSeen
    | i.HallSeen
    | i.QueuesSeen
    | i.LineUp
    | i.LineCut
)


def seen(kiosk: Kiosk, event: Seen) -> Kiosk:
    """What is known of the world now, and what that means for the page at hand."""
    world = kiosk.world
    match event:
        case i.CardLifted():
            changes: dict[str, object] = {"reader": _reader(kiosk, card_present=False)}
        case i.ReaderSeen(connected, code):
            present = world.reader.card_present and connected
            changes = {
                "reader": _reader(
                    kiosk, fitted=True, connected=connected, code=code, card_present=present
                )
            }
        case i.PrinterSeen(printer):
            changes = {"printer": printer}
        case i.ScannerSeen(scanner):
            changes = {"scanner": scanner}
        case i.CameraSeen(camera):
            changes = {"camera": camera}
        case i.FaceCodeSeen(code):
            changes = {"face_code": code}
        case i.HallSeen(hall):
            changes = {"hall": hall}
        case i.QueuesSeen(queues):
            changes = {"queues": queues}
        case i.LineUp(area):
            changes = {"connected": True, "cut_since": None, "cut_code": "", "area": area}
        case i.LineCut(since, code):
            changes = {"connected": False, "cut_since": since, "cut_code": code}
        case _:
            assert_never(event)
    moved = msgspec.structs.replace(kiosk, world=msgspec.structs.replace(world, **changes))
    closed = moved.world.hall is not None and moved.world.hall.day is None
    if closed and isinstance(moved.session.page, Choose | Who | Arrive | FaceAsk | FaceLook):
        return at_home(moved, keep_looks=True)
    if not moved.world.camera.works:
        moved = facing.hindered(moved)
    elif moved.world.face_code:
        moved = facing.hindered(moved, "face_not_ready")
    return moved


def _reader(kiosk: Kiosk, **changes: object) -> object:
    return msgspec.structs.replace(kiosk.world.reader, **changes)
