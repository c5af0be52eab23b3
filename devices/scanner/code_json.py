"""A code that was read, as one JSON object for a technician's eyes: masked unless it is shown."""

from argparse import ArgumentParser

from devices.scanner.codes import (
    AppointmentCode,
    CitizenCode,
    Code,
    TicketCode,
    UnknownCode,
    classify,
)


def code_json(text: str, *, show: bool) -> dict[str, object]:
    """Its kind, its length, its text; masked unless `show`: a ticket's id is a key, a number
    somebody's."""
    code = classify(text)
    result: dict[str, object] = {"kind": _kind(code), "characters": len(text)}
    if show:
        result["text"] = text
    elif isinstance(code, TicketCode) and code.number:
        result["text"] = code.number
    else:
        result["text"] = text[:2] + "*" * max(0, len(text) - 2)
    return result


def _kind(code: Code) -> str:
    match code:
        case TicketCode():
            return "ticket"
        case AppointmentCode():
            return "appointment"
        case CitizenCode():
            return "citizen"
        case UnknownCode():
            return "unknown"


def add_code_arguments(parser: ArgumentParser) -> None:
    """How long to wait for a code, and whether to say all of it."""
    parser.add_argument("--timeout", type=float, default=30.0, help="等候秒数 seconds to wait")
    parser.add_argument("--show", action="store_true", help="不遮盖 do not mask the text")
