"""What an LED screen says: the words of the counter screen, made short, or an area's last calls."""

import re
from typing import Annotated, Final, Literal, assert_never

import msgspec
from msgspec import Meta

from devices.led.text import Colour, Content, Line
from devices.station.world import World
from queue_server.domain.values import AreaId, CounterId, Text
from queue_server.protocol.views import ScreenView

PLACES: Final = ("{counter}", "{name}", "{ticket}", "{staff}", "{state}", "{holder}", "{next}")
MOST_NEXT: Final = 3
"""Counters named of those that may call the next step of a visit."""
_PLACE: Final = re.compile(r"\{\w+\}")
_EMPTY: Final[Content] = ()


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The lines of a screen; `|` parts them, places in braces are filled."""

    calling: Annotated[str, Meta(description="呼叫中 while a ticket is called")] = (
        "请 {ticket} 号|到{counter}号窗口"
    )
    serving: Annotated[str, Meta(description="办理中 while it is served")] = (
        "{counter}号窗口|正在办理 {ticket}"
    )
    free: Annotated[str, Meta(description="空闲 between two tickets")] = (
        "{counter}号窗口|请等候呼叫"
    )
    moved: Annotated[
        str, Meta(description="下一步 where the one just served goes next; empty: off")
    ] = "{ticket} 号下一步|{next}号窗口"
    paused: Annotated[str, Meta(description="暂停 while paused")] = "{counter}号窗口|暂停服务"
    closed: Annotated[str, Meta(description="未开放 while nobody is there")] = (
        "{counter}号窗口|暂未开放"
    )
    call: Annotated[str, Meta(description="区域屏的一行 one call on an area's screen")] = (
        "{ticket} 请到 {counter}号窗口"
    )
    waiting: Annotated[str, Meta(description="区域屏无呼叫时 an area without a call")] = (
        "请等候呼叫"
    )
    stale: Annotated[str, Meta(description="与服务器断开过久 too long cut off; empty: dark")] = (
        "信息暂停更新|请留意广播"
    )


def unknown_places(words: Words) -> list[str]:
    """Fields whose text has braces that are no place, for configuration."""
    return [
        name
        for name, text in msgspec.structs.asdict(words).items()
        if re.search(r"[{}]", _PLACE.sub(lambda found: "" if found[0] in PLACES else "{", text))
    ]


def counter_content(world: World, counter: CounterId, words: Words) -> Content:
    """The screen over a counter; dark before anything is known."""
    screen = world.document(f"screen/{counter}", ScreenView)
    if screen is None:
        return _EMPTY
    pattern, colour = _mood(screen, words)
    moved = screen.state == "free" and screen.moved and screen.moved_counters and words.moved
    if moved:
        pattern, colour = words.moved, Colour.RED
    return _filled(
        pattern,
        colour,
        {
            "{counter}": str(screen.number),
            "{name}": _zh(screen.name),
            "{ticket}": screen.moved if moved else screen.ticket,
            "{next}": _next(screen),
            "{staff}": screen.staff.name if screen.staff else "",
            "{holder}": screen.holder,
            "{state}": screen.state,
        },
    )


def _next(screen: ScreenView) -> str:
    more = "等" if len(screen.moved_counters) > MOST_NEXT else ""
    return "、".join(map(str, screen.moved_counters[:MOST_NEXT])) + more


def area_content(world: World, area: AreaId, words: Words, rows: int) -> Content:
    """The last calls of an area, newest first in another colour; a word where there is none."""
    calls = world.calls(area)
    is_open = world.hall is not None and world.hall.day is not None
    if calls is None:
        return _EMPTY
    if not calls.recent or not is_open:
        return _filled(words.waiting, Colour.GREEN, {})
    shown: list[Line] = []
    for at, call in enumerate(calls.recent[:rows]):
        places = {
            "{ticket}": call.number,
            "{counter}": str(call.counter_number),
            "{holder}": call.holder,
        }
        shown += _filled(words.call, Colour.RED if at == 0 else Colour.GREEN, places)
    return tuple(shown)


def stale_content(words: Words) -> Content:
    """Instead of calls that may be wrong by now."""
    return _filled(words.stale, Colour.YELLOW, {}) if words.stale else _EMPTY


def _mood(screen: ScreenView, words: Words) -> tuple[str, Colour]:
    state: Literal["closed", "free", "called", "serving", "paused"] = screen.state
    match state:
        case "called":
            return words.calling, Colour.RED
        case "serving":
            return words.serving, Colour.RED
        case "free":
            return words.free, Colour.GREEN
        case "paused":
            return words.paused, Colour.YELLOW
        case "closed":
            return words.closed, Colour.YELLOW
        case _:
            assert_never(state)


def _filled(pattern: str, colour: Colour, places: dict[str, str]) -> Content:
    return tuple(
        Line(_PLACE.sub(lambda found: places.get(found[0], ""), text), colour)
        for text in pattern.split("|")
    )


def _zh(text: Text) -> str:
    return text.zh or text.en
