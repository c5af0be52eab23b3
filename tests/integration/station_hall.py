"""A station's process beside a real server, its devices simulated here on true ports."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from devices.call_line.simulator import CallLineSimulator
from devices.led.simulator import ListenerSimulator, OnbonSimulator, decode_strip
from queue_server.domain.values import AreaId
from simulation.hall_file import to_toml
from simulation.processes import Place, Program, make_token
from tests.integration.server_hall import ServerHall

DUPLICATE = 0.6
"""Seconds in which the same key again is the box's retransmission; it says a key each 0.4 s."""


class StationHall:
    """Counters 1 and 2 have key boxes; counter 1 an Onbon screen, the area a strip; a voice."""

    def __init__(self, hall: ServerHall, folder: Path, *, tries: int = 4) -> None:
        """`tries`: how often a box says a key before it gives up."""
        self.hall = hall
        self.wav = folder / "voice"
        self.line = CallLineSimulator("pty", addresses=(1, 2), tries=tries)
        self.screen = OnbonSimulator("tcp")
        self.strip = ListenerSimulator("pty", decode=decode_strip, address=7)
        token = make_token(hall.config, Place("station", "外设站", None, AreaId("A")))
        self.token = folder / "station.token"
        self.token.write_text(token)
        self.config = folder / "station.toml"
        self.station: Program | None = None

    def start(self, *, stale_after: float = 60.0, server: str = "", **extra: object) -> Program:
        """Write the configuration for the simulators' ports and start the process."""
        assert self.hall.server is not None
        units = [
            {"address": 1, "counter": "1", "staff": "s1"},
            {"address": 2, "counter": "2", "levels": {"1": 5, "2": 4, "3": 3, "4": 2, "5": 1}},
        ]
        table = to_toml(
            {
                "server": server or self.hall.server.push,
                "token_file": str(self.token),
                "led": [
                    {"name": "一号窗口屏", "port": self.screen.port, "counter": "1",
                     "stale_after": stale_after},
                    {"name": "区域屏", "driver": "strip", "port": self.strip.port, "address": 7,
                     "area": "A", "stale_after": stale_after},
                ],
                "voice": [
                    {"name": "语音", "area": "A", "port": f"wav:{self.wav}", "languages": "zh",
                     "repeats": 1}
                ],
                "call_line": [
                    {"name": "叫号线", "port": self.line.port, "duplicate": DUPLICATE, **extra}
                ],
            }
        )  # fmt: skip
        for unit in units:
            rows = [f"{key} = {_value(value)}" for key, value in unit.items()]
            table += "\n".join(["", "[[call_line.unit]]", *rows, ""])
        self.config.write_text(table)
        self.station = self.hall.programs.start(
            "station", "devices.station", "--config", self.config
        )
        self.station.wait_line("ready")
        return self.station

    @contextlib.contextmanager
    def devices(self) -> Iterator[None]:
        """The simulators, plugged in."""
        for device in (self.line, self.screen, self.strip):
            device.start()
        try:
            yield
        finally:
            for device in (self.line, self.screen, self.strip):
                device.stop()


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{k}" = {v}' for k, v in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else str(value)
