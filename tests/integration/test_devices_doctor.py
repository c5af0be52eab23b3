"""The doctor, on machines laid out to be well and ill, and on real simulators and servers."""

import http.server
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from devices.doctor import equipment, machine
from devices.doctor.__main__ import main
from devices.doctor.configured import fitted_in
from devices.doctor.finding import Check, Finding, Fitted, Patient, Verdict
from devices.doctor.server import health_address, server
from devices.driver import DeviceOptions, Driver
from devices.errors import FAULTS, DeviceError
from devices.health import Diagnosis
from devices.ports import FoundPort, Holder
from devices.registry import AnyDriver, Broken, Registry

CAMERA = FoundPort(port="video:/dev/video0", kind="camera", node="/dev/video0", title="Front")


def driver(kind: str, found: Diagnosis | DeviceError | None = None) -> AnyDriver:
    def probe(options: DeviceOptions) -> Diagnosis:
        if isinstance(found, DeviceError):
            raise found
        return found or Diagnosis(firmware=f"at {options.port}")

    return Driver(
        kind=kind,
        name="x",
        zh="某设备",
        en="a device",
        options=DeviceOptions,
        probe=probe,
        test=lambda options, given: {},
    )


def registry(*drivers: AnyDriver) -> Registry:
    return Registry({f"{one.kind}.{one.name}": one for one in drivers})


def fitted(port: str, found: Diagnosis | DeviceError | None = None) -> Fitted:
    return Fitted(where="kiosk.toml: it", driver=driver("printer", found), values={"port": port})


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    return Patient(root=tmp_path, registry=registry())


def write(root: Path, name: str, text: str = "") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def seen(check: Check, patient: Patient, **changes: object) -> list[Finding]:
    return [*check(msgspec.structs.replace(patient, **changes))]


def verdict(check: Check, patient: Patient, **changes: object) -> Verdict:
    found = {one.verdict for one in seen(check, patient, **changes)}
    assert len(found) == 1, found
    return found.pop()


def test_what_is_missing_is_to_do_only_where_it_is_needed(patient: Patient) -> None:
    usb, alsa, video = fitted("usb:0400:c35a"), fitted("alsa:default"), fitted("video:/dev/video0")
    for check, one in (
        (machine.udev, usb),
        (equipment.sound, alsa),
        (equipment.camera, video),
    ):
        assert verdict(check, patient) is Verdict.NOTE
        assert verdict(check, patient, fitted=(one,)) is Verdict.TODO


RARE = ("truetype/hanazono/HanaMinB.ttf", "truetype/babelstone/BabelStoneHan.ttf")


def test_what_is_there_is_well(patient: Patient) -> None:
    write(patient.root, "etc/udev/rules.d/60-hall.rules")
    write(patient.root, "proc/asound/cards", " 0 [PCH]: HDA-Intel\n")
    for font in ("opentype/noto/NotoSansCJK-Regular.ttc", *RARE):
        write(patient.root, f"usr/share/fonts/{font}")
    for check in (machine.udev, machine.fonts, equipment.sound, machine.disk):
        assert verdict(check, patient) is Verdict.OK
    assert verdict(equipment.camera, patient, ports=(CAMERA,)) is Verdict.OK


def test_without_type_chinese_cannot_be_printed(patient: Patient) -> None:
    (finding,) = seen(machine.fonts, patient)
    assert finding.verdict is Verdict.TODO
    assert "fonts-noto-cjk" in finding.do


@pytest.mark.parametrize("there", [(), RARE[:1], RARE[1:]])
def test_without_fonts_of_rare_characters_some_names_cannot_be_printed(
    patient: Patient, there: tuple[str, ...]
) -> None:
    for font in ("opentype/noto/NotoSansCJK-Regular.ttc", *there):
        write(patient.root, f"usr/share/fonts/{font}")
    (finding,) = seen(machine.fonts, patient)
    assert finding.verdict is Verdict.TODO
    assert ("fonts-hanazono" in finding.do) == (RARE[0] not in there)
    assert ("fonts-babelstone-han" in finding.do) == (RARE[1] not in there)


def test_a_full_disk_is_told(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_LEAST_SHARE", 1.01)
    assert verdict(machine.disk, patient) is Verdict.TODO


@pytest.mark.parametrize(("kept", "expected"), [(True, Verdict.OK), (False, Verdict.TODO)])
def test_a_clock_that_nobody_keeps_is_told(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, kept: bool, expected: Verdict
) -> None:
    assert machine.is_synchronised() in (True, False), "the kernel answers"
    monkeypatch.setattr(machine, "is_synchronised", lambda: kept)
    assert verdict(machine.clock, patient) is expected


def test_groups_are_judged_by_what_is_there(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert patient.ports == ()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "getgroups", list)
    found = seen(machine.groups, patient, fitted=(fitted("serial:/dev/ttyS0"),), ports=(CAMERA,))
    told = {one.do.split()[2]: one.verdict for one in found}
    assert told["dialout"] is told["video"] is Verdict.TODO
    assert told["lp"] is told["plugdev"] is Verdict.NOTE


def test_a_broken_driver_is_named(patient: Patient) -> None:
    broken = Broken("scale.x", "shop:X", "ImportError: no")
    found = seen(machine.python, patient, registry=Registry({}, (broken,)))
    assert any("scale.x" in one.en and one.verdict is Verdict.TODO for one in found)


def test_a_port_in_use_is_told_with_its_user(patient: Patient) -> None:
    held = msgspec.structs.replace(CAMERA, holders=(Holder(7, "kiosk"),))
    (finding,) = seen(equipment.ports, patient, ports=(held,))
    assert "kiosk (7)" in finding.zh
    assert "kiosk (7)" in finding.en


def test_a_device_is_asked_and_its_own_words_are_told(patient: Patient) -> None:
    well, out, gone = (
        fitted("tcp:h:1"),
        fitted("tcp:h:1", Diagnosis(code="printer.paper_out")),
        fitted("tcp:h:1", DeviceError("port.refused", "tcp:h:1")),
    )
    found = seen(equipment.devices, patient, fitted=(well, out, gone))
    assert [one.verdict for one in found] == [Verdict.OK, Verdict.TODO, Verdict.TODO]
    assert "at tcp:h:1" in found[0].detail
    assert found[1].zh == FAULTS["printer.paper_out"].zh
    assert found[2].en == FAULTS["port.refused"].en
    assert found[2].do == "./hall devices test printer --driver x --port tcp:h:1"


def test_a_device_in_use_is_left_alone(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equipment, "holders_of", lambda port: (Holder(7, "kiosk"),))
    asked = fitted("serial:/dev/ttyS0", DeviceError("port.closed", "it was probed"))
    (finding,) = seen(equipment.devices, patient, fitted=(asked,))
    assert finding.verdict is Verdict.OK
    assert "kiosk (7)" in finding.en


def test_devices_are_found_in_both_programs_files() -> None:
    known = registry(*(driver(kind) for kind in ("printer", "id-reader", "led", "call-line")))
    kiosk = {"printer": "tcp:h:9100", "reader": "usb:0400:c35a", "camera": "", "area": "a"}
    kiosk["scanner"] = "keyboard"  # has no port to ask
    station = {
        "led": [{"port": "tcp:h:5005", "counter": "1"}, {"port": "tcp:h:1", "driver": "y"}],
        "call_line": [{"port": "serial:/dev/ttyS1", "unit": [{"address": 1}]}],
    }
    found = [*fitted_in(kiosk, "kiosk.toml", known), *fitted_in(station, "station.toml", known)]
    ports = [one.values for one in found if isinstance(one, Fitted)]
    assert ports == [
        {"port": "tcp:h:9100"}, {"port": "usb:0400:c35a"}, {"port": "serial:/dev/ttyS1"},
        {"port": "tcp:h:5005"},
    ]  # fmt: skip
    (wrong,) = [one for one in found if isinstance(one, Finding)]
    assert "led y; known: x" in wrong.detail


class Health(http.server.BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        assert self.path == "/healthz"
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def web() -> Iterator[str]:
    with http.server.HTTPServer(("127.0.0.1", 0), Health) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


def test_a_server_is_well_unable_or_away(
    patient: Patient, web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verdict(server, patient) is Verdict.NOTE
    assert verdict(server, patient, server=web) is Verdict.OK
    monkeypatch.setattr(Health, "status", 503)
    (finding,) = seen(server, patient, server=web)
    assert finding.verdict is Verdict.TODO
    assert "cannot write" in finding.en
    (finding,) = seen(server, patient, server="ws://127.0.0.1:1")
    assert "cannot be reached" in finding.en
    assert verdict(server, patient, server="gopher://hall") is Verdict.TODO


def test_the_web_port_follows_the_push_port() -> None:
    assert health_address("ws://hall:8700") == "http://hall:8701/healthz"
    assert health_address("wss://[::1]") == "https://[::1]:8701/healthz"
    assert health_address("http://hall:80/") == "http://hall:80/healthz"


def test_the_whole_of_it_in_words_and_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text('server = "ws://127.0.0.1:1"\nprinter = "tcp:127.0.0.1:1"\n')
    (tmp_path / "broken.toml").write_text("printer = ")
    words = ["--config", str(config), "--config", str(tmp_path / "broken.toml")]
    assert main(words) == 1
    told = capsys.readouterr().out
    assert "broken.toml" in told
    assert "连不上排队服务器" in told
    assert "to do" in told
    assert main([*words, "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    assert {"topic", "verdict", "zh", "en", "do", "detail"} == report["findings"][0].keys()
