"""检查本机、设备与服务器：哪里不对，怎么办。一切正常则退出码为 0，否则为 1。

What is wrong with this machine and its devices, and what to do. Exit code 0: all is well, 1:
something is to be done.
"""

import argparse
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from devices.doctor import equipment, machine, server
from devices.doctor.configured import fitted_in, read_config
from devices.doctor.finding import Check, Finding, Fitted, Patient, Verdict
from devices.ports import find_ports
from devices.registry import Registry, find_drivers

CHECKS: Final[tuple[Check, ...]] = (
    machine.python,
    machine.fonts,
    machine.clock,
    machine.disk,
    machine.groups,
    machine.udev,
    equipment.ports,
    equipment.devices,
    equipment.camera,
    equipment.sound,
    equipment.face_models,
    equipment.voice_pack,
    server.server,
)
_SIGNS: Final = {Verdict.OK: "✓", Verdict.NOTE: "·", Verdict.TODO: "✗"}


def examine(patient: Patient, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """Everything that is found, in the order of the checks."""
    return [*patient.problems, *(finding for check in checks for finding in check(patient))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the arguments, look, tell."""
    parser = argparse.ArgumentParser(
        prog="hall doctor", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--config", action="append", default=[], type=Path, metavar="FILE",
        help="kiosk.toml, station.toml: 检查其中的设备 the devices in it; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--server", default="", metavar="URL", help="ws://HOST:8700, http://HOST:8701"
    )
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.ERROR)  # what is found is told, not logged
    patient = _patient(given.config, given.server, find_drivers())
    findings = examine(patient)
    count = sum(finding.verdict is Verdict.TODO for finding in findings)
    if given.json:
        report = {"ok": not count, "findings": findings}
        print(msgspec.json.format(msgspec.json.encode(report)).decode())
    else:
        print("\n".join(_lines(findings)))
        told = f"{count} 项需要处理 · {count} to do" if count else "一切正常 · all is well"
        print(f"\n{told}")
    return 1 if count else 0


def _patient(configs: Sequence[Path], server: str, registry: Registry) -> Patient:
    fitted: list[Fitted] = []
    problems: list[Finding] = []
    wants_faces = False
    for path in configs:
        tables = read_config(path)
        if isinstance(tables, Finding):
            problems.append(tables)
            continue
        server = server or _server_in(tables)
        wants_faces = wants_faces or tables.get("face_check") not in (None, False, "", "off", "no")
        for found in fitted_in(tables, path.name, registry):
            if isinstance(found, Fitted):
                fitted.append(found)
            else:
                problems.append(found)
    return Patient(
        root=Path("/"),
        registry=registry,
        ports=tuple(find_ports()),
        fitted=tuple(fitted),
        server=server,
        wants_faces=wants_faces,
        problems=tuple(problems),
    )


def _server_in(tables: Mapping[str, object]) -> str:
    found = tables.get("server")
    return found if isinstance(found, str) else ""


def _lines(findings: Sequence[Finding]) -> list[str]:
    lines = []
    for one in findings:
        detail = f"  [{one.detail}]" if one.detail else ""
        lines.append(f"{_SIGNS[one.verdict]} {one.topic}: {one.zh} · {one.en}{detail}")
        if one.do and one.verdict is not Verdict.OK:
            lines.append(f"    → {one.do}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
