"""What hangs on the machine: ports and who holds them, configured devices, sound, models, voice."""

from collections.abc import Iterator

from devices.doctor.finding import (
    Finding,
    Fitted,
    Patient,
    failed,
    needed,
    note,
    ok,
    todo,
)
from devices.errors import DeviceError
from devices.listing import listed_ports
from devices.ports import Holder, holders_of
from devices.registry import options_of


def ports(patient: Patient) -> Iterator[Finding]:
    """Every port found, and who has it open."""
    if not patient.ports:
        yield note(
            "ports", "没有找到串口、USB 设备或摄像头", "No serial port, USB device or camera"
        )
    for port in listed_ports(patient.ports, patient.registry):
        fits = ", ".join(port.drivers)
        what = " ".join(text for text in (port.title, f"→ {fits}" if fits else "") if text)
        if port.holders:
            who = _names(port.holders)
            yield ok("ports", f"{port.port} 由 {who} 使用", f"{port.port} is used by {who}", what)
        else:
            yield ok("ports", f"{port.port} 空闲", f"{port.port} is free", what)


def devices(patient: Patient) -> Iterator[Finding]:
    """Each configured device, asked; never while another program holds its port."""
    if not patient.fitted and not patient.problems:
        yield note(
            "devices", "没有指定配置文件，未检查具体设备",
            "No configuration was given: no device was asked", "--config kiosk.toml",
        )  # fmt: skip
    for one in patient.fitted:
        yield _asked(one)


def _asked(one: Fitted) -> Finding:
    driver = one.driver
    if held := holders_of(one.port):
        who = _names(held)
        return ok(
            one.where, f"{driver.zh}：端口由 {who} 使用，未打扰",
            f"{driver.en}: {who} holds the port; it was left alone", one.port,
        )  # fmt: skip
    command = f"./hall devices test {driver.kind} --driver {driver.name} --port {one.port}"
    try:
        found = driver.probe(options_of(driver, one.values))
    except DeviceError as error:
        return failed(one.where, error, command)
    if found.code is not None:
        return failed(one.where, DeviceError(found.code, one.port), command)
    facts = " ".join([found.firmware, *(f"{name}={value}" for name, value in found.facts)])
    return ok(one.where, f"{driver.zh}正常", f"{driver.en}: well", f"{one.port} {facts}".strip())


def camera(patient: Patient) -> Iterator[Finding]:
    """A camera, where one is expected."""
    found = [port for port in patient.ports if port.kind == "camera"]
    for port in found:
        yield ok("camera", f"摄像头：{port.title}", f"Camera: {port.title}", port.node)
    if not found:
        is_needed = any(one.port.startswith("video:") for one in patient.fitted)
        missing = todo("camera", "没有摄像头，请检查连线", "There is no camera; check its cable")
        yield needed(is_needed, missing)


def sound(patient: Patient) -> Iterator[Finding]:
    """A sound card, where announcements are expected."""
    try:
        cards = (patient.root / "proc/asound/cards").read_text("utf-8", "replace").strip()
    except OSError:
        cards = ""
    if cards and "no soundcards" not in cards:
        yield ok("sound", "有声卡", "There is a sound card", cards.splitlines()[0].strip())
        return
    is_needed = any(one.port.startswith("alsa:") for one in patient.fitted)
    yield needed(is_needed, todo("sound", "没有声卡，不能播报", "No sound card: nothing is heard"))


def face_models(patient: Patient) -> Iterator[Finding]:
    """The two models of the face check, by their sums."""
    from devices.face.models import find

    try:
        find()
        yield ok("face models", "人脸比对模型齐全", "The face check's models are there")
    except DeviceError as error:
        command = "python -m devices.face.models fetch"
        yield needed(patient.wants_faces, failed("face models", error, command))


def voice_pack(patient: Patient) -> Iterator[Finding]:
    """The clips of the announcements, whole."""
    from devices.voice.pack import load_pack

    try:
        load_pack()
        yield ok("voice", "语音包完整", "The voice pack is whole")
    except DeviceError as error:
        yield needed(patient.has("voice"), failed("voice", error))


def _names(holders: tuple[Holder, ...]) -> str:
    return ", ".join(f"{holder.program} ({holder.pid})" for holder in holders)
