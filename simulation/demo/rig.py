"""Every device of the demo, simulated on true ports, and the station that works the hall's."""

import shutil
import subprocess
from pathlib import Path

from simulation.demo.place import AREA, KEY_BOX, KEYED, STAFF
from simulation.hall_file import to_toml
from simulation.processes import Program, Programs, begin_device, device_port

CAMERA_RATE = "5"
"""Pictures a second: a demo's machine has better things to do than to draw thirty."""
STRIP = 7
"""The strip's address on its line."""
NAMES = {
    "line": "叫号线",
    "led-1": "一号窗口 LED 屏",
    "led-2": "二号窗口 LED 屏",
    "strip": "大厅条屏",
    "voice": "大厅语音",
}
"""What the station calls its devices, by the name of their simulator."""


class Rig:
    """The simulators by short name; `ports` once they are all plugged in."""

    def __init__(self, programs: Programs, folder: Path, seed: int, *, breaks: bool) -> None:
        """Starts them; `breaks` has a simulated loudspeaker that can die, too."""
        self._programs = programs
        self._folder = folder
        links = folder / "ports"
        links.mkdir()

        def begin(name: str, kind: str, *more: str | Path, tcp: bool = False) -> Program:
            # A pty gets another name each time it is plugged in: a link is what stays.
            port = "tcp" if tcp else f"pty:{links / name}"
            return begin_device(programs, name, kind, *more, port=port)

        self.devices = {
            "printer": begin("printer", "printer", "--paper", folder / "paper.jsonl", tcp=True),
            "reader": begin("reader", "id-reader", "--seed", str(seed)),
            "scanner": begin("scanner", "scanner"),
            "camera": begin("camera", "camera", "--rate", CAMERA_RATE, tcp=True),
            "line": begin("line", "call-line", "--addresses", "2"),
            "led-1": begin("led-1", "led", "--driver", "onbon", tcp=True),
            "led-2": begin("led-2", "led", "--driver", "onbon", tcp=True),
            "strip": begin("strip", "led", "--driver", "strip", "--address", str(STRIP)),
        }
        if breaks:
            # It keeps what it heard in a temporary folder: one that goes with the demo's.
            kept = {"TMPDIR": str(links)}
            self.devices["voice"] = begin_device(programs, "voice", "voice", port="exec", env=kept)
        self.ports: dict[str, str] = {}

    def plugged(self) -> None:
        """Wait until all can be opened. Raises `StartError`."""
        self.ports = {name: device_port(program) for name, program in self.devices.items()}

    def kiosk_options(self) -> list[str]:
        """What the kiosk is told of its cabinet."""
        found = []
        for name in ("printer", "reader", "scanner", "camera"):
            found += [f"--{name}", self.ports[name]]
        return found

    def start_station(self, push: str, token: Path) -> Program:
        """Write the station's configuration and start it; it is ready a little later."""
        voice = self.ports.get("voice") or loudspeaker(self._folder)
        table = to_toml(
            {
                "server": push,
                "token_file": str(token),
                "led": [
                    *(
                        {"name": NAMES[f"led-{n}"], "port": self.ports[f"led-{n}"], "counter": n}
                        for n in ("1", "2")
                    ),
                    {
                        "name": NAMES["strip"],
                        "driver": "strip",
                        "port": self.ports["strip"],
                        "address": STRIP,
                        "area": AREA,
                        "rows": 2,
                    },
                ],
                "voice": [{"name": NAMES["voice"], "area": AREA, "port": voice}],
                "call_line": [{"name": NAMES["line"], "port": self.ports["line"]}],
            }
        )
        table += (
            f'\n[[call_line.unit]]\naddress = {KEY_BOX}\ncounter = "{KEYED}"\n'
            f'staff = "{STAFF[-1]}"\npause_reason = "整理材料"\n'
        )
        config = self._folder / "station.toml"
        config.write_text(table, "utf-8")
        return self._programs.start("station", "devices.station", "--config", config)


def loudspeaker(folder: Path) -> str:
    """The sound card where there is one, else a folder of WAV files."""
    aplay = shutil.which("aplay")
    if aplay:
        found = subprocess.run([aplay, "-l"], capture_output=True, check=False, timeout=10)
        if found.returncode == 0 and b"card" in found.stdout:
            return "alsa:default"
    return f"wav:{folder / 'voice'}"
