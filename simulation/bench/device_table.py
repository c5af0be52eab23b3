"""The devices' figures for people, each beside its target and its floor."""

from collections.abc import Iterator

from devices.camera.bench import LEAST
from devices.id_reader.bench import LIMIT_MS as CARD_MS
from devices.voice.bench import LIMIT_MS as VOICE_MS
from simulation.bench.device_figures import DeviceReport
from simulation.bench.table import Row, at_least, at_most

TICKET_MS = 15.0
"""A tenth of what touch to paper may take."""
LINE_RATIO = 1.5
"""A round over all addresses, over what its bytes take on the wire."""


def rows(report: DeviceReport) -> Iterator[Row]:
    """Each figure, in the order of the parts; a floor stands above what it is the floor of."""
    if (machine := report.machine) is not None:
        load = f"{machine.load_before}→{machine.load_after}"
        yield Row(f"负载 load average; {machine.cores} 核 cores", load)
    yield from _card(report)
    yield from _tickets(report)
    yield from _codes(report)
    yield from _voice(report)
    yield from _line(report)


def _card(report: DeviceReport) -> Iterator[Row]:
    if (card := report.card) is None:
        return
    driver, screen = card.driver, card.screen
    yield Row(
        f"下限：线路 floor: the line, {driver.wire_bytes} 字节 bytes at {driver.baud}",
        f"{driver.wire_ms:.1f} ms",
    )
    what = f"放卡到身份 card to identity, {driver.rounds} 次 cards, 线路之外 above the line"
    yield Row(f"{what}: p50", f"{driver.over_wire_ms.median:.2f} ms")
    yield at_most(f"{what}: p95", driver.over_wire_ms.p95, CARD_MS, "ms")
    yield Row(f"{what}: 最大 most", f"{driver.over_wire_ms.most:.2f} ms")
    what = (
        f"放卡到屏幕 card to the kiosk's screen, {screen.rounds} 次 cards, 线路之外 above the line"
    )
    yield Row(f"{what}: p50", f"{screen.p50_ms:.2f} ms")
    yield at_most(f"{what}: p95", screen.p95_ms, CARD_MS, "ms")
    yield Row(f"{what}: 最大 most", f"{screen.most_ms:.2f} ms")
    what = "放卡到身份，全程 card to identity, all a citizen waits"
    yield Row(f"{what}: p50", f"{driver.laid_to_identity_ms.median:.0f} ms")


def _tickets(report: DeviceReport) -> Iterator[Row]:
    for found in report.tickets:
        slip = found.slip
        what = f"号票 slip, {slip.what}"
        line = f"115200 线路 line {found.line_ms:.0f} ms"
        yield Row(f"{what}: {line}", f"{slip.bytes} B")
        yield at_most(f"{what}: 排版 made", slip.ms, TICKET_MS, "ms")


def _codes(report: DeviceReport) -> Iterator[Row]:
    if (scanner := report.scanner) is not None:
        what = f"扫码器末字节到事件 scanner's last byte to event, {scanner.rounds} 次 codes"
        yield Row(f"{what}: p50", f"{scanner.median_ms:.2f} ms")
    if (camera := report.camera) is None:
        return
    yield Row("下限：解图与找码 floor: JPEG and search alone, 640x480", f"{camera.floor_ms:.2f} ms")
    for rate in camera.rates:
        what = f"摄像头单核 camera on one core, {rate.what}"
        yield Row(f"{what}: 每幅 CPU a picture", f"{rate.ms_of_cpu:.2f} ms")
        yield at_least(f"{what}: 每秒 pictures a second", rate.most_per_second, LEAST, "/s")
    what = f"出示到读出 code shown to event, 30/s, {camera.latency.rounds} 次 codes"
    yield Row(f"{what}: p50", f"{camera.latency.median_ms:.1f} ms")


def _voice(report: DeviceReport) -> Iterator[Row]:
    if (voice := report.voice) is None:
        return
    floor = "下限：唤醒另一进程并返回 floor: to a waiting process and back"
    yield Row(f"{floor}: p50", f"{voice.floor.p50_ms:.2f} ms")
    what = (
        f"语音：受理到首个采样 voice: call taken to first sample, {voice.announcer.rounds} 次 calls"
    )
    yield Row(f"{what}: p50", f"{voice.announcer.median:.1f} ms")
    yield at_most(f"{what}: p95", voice.announcer.p95, VOICE_MS, "ms")
    what = (
        f"语音：叫号命令到首个采样 voice: counter's command to first sample, {voice.hall.rounds} 次"
        " calls"
    )
    yield Row(f"{what}: p50", f"{voice.hall.p50_ms:.1f} ms")
    yield at_most(f"{what}: p95", voice.hall.p95_ms, VOICE_MS, "ms")
    yield Row(f"{what}: 最大 most", f"{voice.hall.most_ms:.1f} ms")


def _line(report: DeviceReport) -> Iterator[Row]:
    if (line := report.line) is None:
        return
    what = f"RS-485 {line.addresses} 址一轮 addresses, a round"
    yield Row(f"{what}: 下限 floor, {line.baud} 波特 baud", f"{line.wire_ms:.0f} ms")
    yield Row(f"{what}: 必要静默 silences the line needs", f"{line.gaps_ms:.0f} ms")
    yield Row(f"{what}: p50", f"{line.round_ms:.0f} ms")
    yield at_most(f"{what}: p50 / 下限 floor", line.round_ms / line.wire_ms, LINE_RATIO, "×")
    yield at_most(f"{what}: 未应答 unacknowledged", line.unacknowledged, 0, "")
