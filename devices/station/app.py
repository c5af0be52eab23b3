"""The station's program: builds and joins its parts, and lets them live until told to stop."""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import ssl
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from devices.call_line.events import AddressHealth, Press
from devices.health import Health
from devices.hotplug import Hotplug, poking
from devices.registry import find_drivers
from devices.station.health import report_of
from devices.station.opening import Opener, Running, answer_within
from devices.station.options import Fitted, Mistakes, StationOptions, read, read_file
from devices.station.rows import Answer, Row
from devices.station.screens import Screen
from devices.station.voice import Crier
from devices.station.world import World, fold
from queue_server.protocol.client import Changed, ClientEvent, Connected, HallClient
from queue_server.protocol.views import DeviceReport

log = logging.getLogger(__name__)

VERSION = "station 0.1.0"
TICK = 1.0
"""Seconds between two looks at what has grown old."""
RESTART_AFTER = 3.0
"""Seconds before a client that broke is started again."""


class Station:
    """All devices of one station and its line to the server. Lives in one event loop."""

    def __init__(self, options: StationOptions, tls: ssl.SSLContext | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        self._client = HallClient(options.server, options.token, VERSION, self._heard, tls=tls)
        self._world = World(cut_at=time.monotonic())
        self._reports: dict[int, DeviceReport] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._running: list[Running] = []
        self._rows: list[Row] = []
        self._criers: list[Crier] = []
        self._screens: list[Screen] = []
        fitted: list[Fitted] = [*options.lines, *options.leds, *options.voices]
        on_health = [self._on_health(at, device) for at, device in enumerate(fitted)]
        opener = Opener()
        for line in options.lines:
            row = Row(line.units, self._client.command, answer_within=answer_within(line))
            opened = opener.line(
                line,
                on_press=self._on_press(row),
                on_address=self._on_address(row),
                on_health=on_health.pop(0),
            )
            row.join(opened)
            self._rows.append(row)
            self._running.append(opened)
        for led in options.leds:
            screen = opener.led(led, on_health.pop(0))
            self._running.append(screen)
            self._screens.append(
                Screen(
                    screen,
                    led.words,
                    counter=led.counter,
                    area=led.area,
                    rows=led.rows,
                    stale_after=led.stale_after,
                )
            )
        for voice in options.voices:
            announcer = opener.voice(voice, on_health.pop(0))
            self._running.append(announcer)
            self._criers.append(Crier(voice.area, announcer, fresh=voice.fresh))
        self._hotplug = Hotplug(poking(self._running))
        self._areas = {v.area for v in options.voices} | {s.area for s in options.leds if s.area}

    async def live(self) -> None:
        """Open the devices and serve them until cancelled; then close them in order."""
        for device in self._running:
            device.start()
        self._hotplug.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._stay_connected())
                group.create_task(self._grow_old())
        finally:
            await asyncio.to_thread(self._hotplug.stop)
            for row in self._rows:
                await row.settle()
            await asyncio.gather(*(asyncio.to_thread(d.stop) for d in self._running))

    async def _stay_connected(self) -> None:
        while True:
            try:
                await self._client.run()
            except Exception:
                log.exception("the client broke; it starts again in %.0f s", RESTART_AFTER)
            await asyncio.sleep(RESTART_AFTER)

    async def _grow_old(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            for screen in self._screens:
                screen.see(self._world)

    def _heard(self, event: ClientEvent) -> None:
        self._world = fold(self._world, event)
        if isinstance(event, Connected):
            self._check_area(event)
            for crier in self._criers:
                crier.restarted(event.seq)
        for row in self._rows:
            row.see(self._world)
        for screen in self._screens:
            screen.see(self._world)
        if isinstance(event, Connected | Changed):
            for crier in self._criers:
                crier.hear(self._world, event.announcements)

    def _check_area(self, event: Connected) -> None:
        log.info("connected as %s %s, area %s", event.me.role, event.me.name, event.me.area)
        for area in sorted(self._areas - {event.me.area}):
            log.error("this station is registered for area %s, not %s", event.me.area, area)

    def _on_health(self, at: int, device: Fitted) -> Callable[[Health], None]:
        port = device.options.port

        def tell(health: Health) -> None:
            report = report_of(device.kind, device.name, device.driver.name, port, health)
            self._loop.call_soon_threadsafe(self._report, at, report)

        return tell

    def _report(self, at: int, report: DeviceReport) -> None:
        self._reports[at] = report
        devices = tuple(self._reports[key] for key in sorted(self._reports))
        task = self._loop.create_task(self._client.report(devices))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _on_press(self, row: Row) -> Callable[[Press, Answer], None]:
        return lambda press, answer: self._cross(lambda: row.pressed(press, answer))

    def _on_address(self, row: Row) -> Callable[[AddressHealth], None]:
        return lambda health: self._cross(lambda: row.heard(health))

    def _cross(self, then: Callable[[], None]) -> None:
        """From a device's thread into the loop."""
        self._loop.call_soon_threadsafe(then)


def main(arguments: Sequence[str] | None = None) -> int:
    """`hall station`; 0 when it ended as asked, 2 where the configuration is wrong."""
    given = _parser().parse_args(arguments)
    try:
        tables = read_file(given.config)
        tables |= {k: v for k in ("server", "token_file") if (v := getattr(given, k))}
        options = read(tables, find_drivers(), os.environ)
    except Mistakes as error:
        print("station: 配置有误 configuration mistakes:", file=sys.stderr)
        for line in error.lines:
            print(f"  {line}", file=sys.stderr)
        return 2
    if given.check:
        print("配置正确 · the configuration is right")
        return 0
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level="INFO")
    tls = ssl.create_default_context(cafile=options.ca_file) if options.ca_file else None
    asyncio.run(_run(options, tls))
    return 0


async def _run(options: StationOptions, tls: ssl.SSLContext | None) -> None:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, task.cancel)
    station = Station(options, tls)
    print("ready", flush=True)
    with contextlib.suppress(asyncio.CancelledError):
        await station.live()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hall station",
        description="外设站：硬件叫号器与评价盒、LED 屏、语音 / hardware callers and rating boxes,"
        " LED screens, voice",
    )
    parser.add_argument(
        "--config", type=Path, required=True, metavar="FILE", help="TOML 配置文件 / configuration"
    )
    parser.add_argument("--server", default="", help="覆盖配置 / overrides the configuration's")
    parser.add_argument("--token-file", default="", help="同上 / likewise")
    parser.add_argument("--check", action="store_true", help="只检查配置 / only check the file")
    return parser
