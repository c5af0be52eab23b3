"""Keys pressed on a real line become commands at a real server; screens, displays, voice follow."""

import asyncio
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.call_line.events import Key
from devices.call_line.simulator import CallLineSimulator
from devices.voice.options import Languages, VoiceOptions
from devices.voice.pack import load_pack
from devices.voice.speech import Voice
from devices.voice.utterance import Call, Utterance
from tests.integration.server_hall import DAY, Line, ServerHall
from tests.integration.station_hall import DUPLICATE, StationHall

LONG = 30.0


@pytest.fixture
def made(tmp_path: Path) -> Iterator[StationHall]:
    hall = ServerHall(tmp_path, limits={"sweep_seconds": 0.1})
    with hall.programs:
        hall.start()
        one = StationHall(hall, tmp_path)
        with one.devices():
            yield one


async def eventually(fits: Callable[[], Any], within: float = LONG) -> None:
    deadline = time.monotonic() + within
    while not fits():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def press(line: CallLineSimulator, address: int, key: Key, number: int | None = None) -> None:
    """Press a key and wait until the box knows that it was taken."""
    unit = line.units[address]
    before = unit.acknowledged
    await asyncio.sleep(DUPLICATE * 1.5)  # the same frame sooner would be a retransmission
    line.key(address, key, number)
    await eventually(lambda: unit.acknowledged == before + 1)


async def devices_of(manager: Line, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The station's devices by kind, once they are as wanted."""

    def found(shown: dict[str, Any]) -> dict[str, Any]:
        [station] = [p for p in shown["programs"] if p["role"] == "station"]
        return {f"{d['kind']} {d['name']}": d for d in station.get("devices", ())}

    shown = manager.welcome["set"]["programs"]
    while not (len(found(shown)) >= 3 and fits(found(shown))):
        frame = await manager.next("update", "welcome")
        shown = frame.get("set", {}).get("programs", shown)
    return found(shown)


async def test_a_day_at_a_key_box(made: StationHall) -> None:
    hall, line = made.hall, made.line
    made.start()
    async with hall.line("manager") as manager, hall.line("kiosk") as kiosk:
        await manager.done("open_day", day=DAY)
        await kiosk.done("issue_ticket", service="tax")
        await eventually(lambda: line.units[1].waiting == "001")
        await eventually(lambda: made.screen.screen.text == ("1号窗口", "暂未开放"))

        await press(line, 1, Key.CALL)  # nobody is signed in: the configured clerk is, and calls
        first = await manager.until("counter/1", lambda c: c.get("ticket"))
        assert (first["staff"]["id"], first["ticket"]["number"]) == ("s1", "A001")
        await eventually(lambda: line.units[1].ticket == "001")
        await eventually(lambda: line.units[1].waiting == "000")
        await eventually(lambda: "A001" in "".join(made.screen.screen.text))
        await eventually(lambda: any("A001" in text for text in made.strip.screen.text))
        assert line.units[1].beeps == 0

        await press(line, 1, Key.CALL)  # ends, and nobody is there to call: no refusal
        await manager.until("counter/1", lambda c: c["state"] == "free")
        await eventually(lambda: line.units[1].is_asking)
        await eventually(lambda: line.units[1].ticket == "000")
        line.rate(1, 5)
        await manager.until("counter/1", lambda c: c.get("rating") == "rated")

        await press(line, 1, Key.RECALL)  # nothing to recall
        await eventually(lambda: line.units[1].beeps == 1)

        await press(line, 1, Key.PAUSE)
        await manager.until("counter/1", lambda c: c["state"] == "paused")
        await eventually(lambda: made.screen.screen.text == ("1号窗口", "暂停服务"))
        await press(line, 1, Key.PAUSE)
        await manager.until("counter/1", lambda c: c["state"] == "free")


async def test_hold_no_show_transfer_and_the_ways_back(made: StationHall) -> None:
    hall, line = made.hall, made.line
    made.start()
    async with hall.line("manager") as manager, hall.line("kiosk") as kiosk:
        await manager.done("open_day", day=DAY)
        for _ in range(3):
            await kiosk.done("issue_ticket", service="tax")
        await eventually(lambda: line.units[1].waiting == "003")
        await press(line, 1, Key.CALL)
        await manager.until("counter/1", lambda c: c.get("ticket", {}).get("number") == "A001")
        await press(line, 1, Key.CONFIRM, 0)
        await manager.until("counter/1", lambda c: c.get("held"))
        await press(line, 1, Key.CONFIRM, 3)
        await manager.until("counter/1", lambda c: c.get("ticket", {}).get("number") == "A001")
        await press(line, 1, Key.CONFIRM, 6)
        await manager.until("counter/1", lambda c: c.get("no_shows"))
        await press(line, 1, Key.CONFIRM, 1)  # A001 is there after all
        await manager.until("counter/1", lambda c: not c.get("no_shows"))
        await press(line, 1, Key.CALL)
        await manager.until("counter/1", lambda c: c.get("ticket", {}).get("number") == "A002")
        await press(line, 1, Key.TRANSFER, 2)
        await manager.until("counter/2", lambda c: c.get("direct_waiting") == 1)
        await press(line, 2, Key.CALL)  # counter 2 has no clerk of its own: refused, and heard
        await eventually(lambda: line.units[2].beeps == 1)


async def test_a_press_without_an_answer_is_one_command_and_no_false_yes(
    made: StationHall,
) -> None:
    """Acknowledgements are lost, so the box says its key again and again; one ticket is called."""
    hall, line = made.hall, made.line
    line.set_fault("lost-ack")
    made.start()
    async with hall.line("manager") as manager, hall.line("kiosk") as kiosk:
        await manager.done("open_day", day=DAY)
        for _ in range(3):
            await kiosk.done("issue_ticket", service="tax")
        line.key(1, Key.CALL)
        await manager.until("counter/1", lambda c: c.get("ticket"))
        await eventually(lambda: line.units[1].acknowledged == 1)
        await eventually(lambda: line.units[1].waiting == "002")
        hall.programs.stop()  # the server is gone, the station too: nothing acknowledges
        line.set_fault("none")
        line.key(1, Key.CALL)
        await eventually(lambda: line.units[1].given_up == 1)


async def test_without_a_server_no_press_is_taken_and_screens_say_so(made: StationHall) -> None:
    hall, line = made.hall, made.line
    made.start(stale_after=5.0)
    async with hall.line("manager") as manager, hall.line("kiosk") as kiosk:
        await manager.done("open_day", day=DAY)
        await kiosk.done("issue_ticket", service="tax")
        line.key(1, Key.CALL)
        await manager.until("counter/1", lambda c: c.get("ticket"))
    await eventually(lambda: "A001" in "".join(made.screen.screen.text))
    assert hall.server is not None
    hall.server.program.kill()
    line.key(1, Key.RECALL)
    await eventually(lambda: line.units[1].given_up == 1)
    assert line.units[1].beeps > 0
    await eventually(lambda: made.screen.screen.text == ("信息暂停更新", "请留意广播"))
    await eventually(lambda: any("信息暂停更新" in text for text in made.strip.screen.text))


async def test_devices_are_told_to_the_manager_once(made: StationHall) -> None:
    made.start()
    async with made.hall.line("manager") as manager:
        well = await devices_of(
            manager, lambda all_: all(d["state"] == "ok" for d in all_.values())
        )
        assert well["led 一号窗口屏"]["driver"] == "onbon"
        assert well["led 一号窗口屏"]["port"] == made.screen.port
        made.screen.stop()
        gone = await devices_of(manager, lambda d: d["led 一号窗口屏"]["state"] == "gone")
        device = gone["led 一号窗口屏"]
        assert device["code"] == device["last_error"]
        assert device["zh"]
        made.screen.start()
        back = await devices_of(manager, lambda d: d["led 一号窗口屏"]["state"] == "ok")
        assert back["led 一号窗口屏"]["last_error"] == device["code"]
        assert back["led 一号窗口屏"]["since"] >= device["since"]
        told = [
            d["state"]
            for frame in manager.seen
            for p in frame.get("set", {}).get("programs", {}).get("programs", ())
            for d in p.get("devices", ())
            if d["name"] == "一号窗口屏"
        ]
        changes = [s for at, s in enumerate(told) if at == 0 or told[at - 1] != s]
        assert changes[-3:] == ["ok", "gone", "ok"]


async def test_calls_are_spoken_and_what_is_over_is_not(made: StationHall) -> None:
    """While A001 is said, A002 is called and served; then A003 is called: A002 stays unsaid."""
    hall = made.hall
    made.start()
    async with (
        hall.line("manager") as manager,
        hall.line("kiosk") as kiosk,
        hall.line("caller1") as first,
        hall.line("caller2") as second,
    ):
        await devices_of(manager, lambda all_: all_.get("voice 语音", {}).get("state") == "ok")
        await manager.done("open_day", day=DAY)
        await first.done("sign_in", counter="1", staff="s1")
        await second.done("sign_in", counter="2", staff="s2")
        for _ in range(3):
            await kiosk.done("issue_ticket", service="tax")
        await first.done("call_next", counter="1")
        await eventually(lambda: (made.wav / "000001.wav").exists())
        await second.done("call_next", counter="2")
        await second.done("end_service", counter="2")
        await second.done("call_next", counter="2")
        await eventually(lambda: (made.wav / "000002.wav").exists())
        await eventually(lambda: samples(made.wav / "000002.wav") == said("A003", "2"))
        assert samples(made.wav / "000001.wav") == said("A001", "1")
        assert len(list(made.wav.iterdir())) == 2


def said(ticket: str, counter: str) -> bytes:
    """What the voice makes of one call, as the station is configured."""
    options = VoiceOptions(languages=Languages.ZH, repeats=1)
    utterance = Utterance(
        utterance_id=1,
        languages=options.languages,
        repeats=options.repeats,
        volume=100,
        calls=(Call("c", ticket, counter, False, 0.0),),
    )
    return Voice(load_pack(), options).pcm(utterance)


def samples(path: Path) -> bytes:
    """What a WAV file holds; nothing while it is being made."""
    try:
        with wave.open(str(path)) as file:
            return bytes(file.readframes(file.getnframes()))
    except (OSError, wave.Error, EOFError):
        return b""
