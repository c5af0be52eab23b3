"""Devices of many programs, as a manager's page is to show them; and pictures of that.

python -m tests.e2e.manager_devices FOLDER
"""

import argparse
import asyncio
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from queue_server.domain.values import Ms
from queue_server.protocol.client import HallClient
from queue_server.protocol.views import DeviceReport
from tests.e2e.browser import DESKTOP, PHONE, Watched, launch
from tests.e2e.live_hall import LiveHall


def device(kind: str, name: str, state: str = "ok", *, ago: float = 3600, **more: object) -> object:
    """One report; `ago` seconds since it is so."""
    now = time.time()
    values = {"kind": kind, "name": name, "state": state, "since": Ms(int((now - ago) * 1000))}
    return DeviceReport(**values, **more)  # type: ignore[arg-type]


def failing_kiosk() -> list[object]:
    """A kiosk's cabinet with no paper and a card reader that was away for a moment."""
    now = time.time()
    return [
        device(
            "printer", "号票打印机", "failed", ago=300, code="printer.paper_out",
            zh="打印机缺纸，请工作人员换纸", en="Out of paper; staff, please refill",
            driver="escpos", port="serial:/dev/serial/by-id/usb-Prolific-if00-port0@115200",
            firmware="1.08", facts={"paper": "out", "width": "80"},
            last_error="printer.paper_out", last_error_at=Ms(int((now - 300) * 1000)),
        ),
        device(
            "id_reader", "身份证阅读器", driver="sam", port="usb:0400:c35a",
            facts={"sam": "05.03-20240101-0000012345-0000067890"},
            last_error="port.lost", last_error_at=Ms(int((now - 7200) * 1000)),
        ),
        device("scanner", "扫码器", driver="serial", port="serial:/dev/ttyACM0"),
        device(
            "camera", "摄像头", "warning", ago=60, code="camera.dark",
            zh="画面太暗，请检查照明", en="The picture is too dark; check the light",
        ),
    ]  # fmt: skip


def station(count: int, gone: int) -> list[object]:
    """A row of counters' screens; the first `gone` of them do not answer."""
    return [
        device(
            "led", f"{n}号窗口屏", "gone" if n <= gone else "ok", ago=90 * n,
            code="led.silent" if n <= gone else "",
            zh="LED 屏没有应答，请检查电源与网线" if n <= gone else "",
            en="The LED screen does not answer; check its power and cable" if n <= gone else "",
            driver="onbon", port=f"tcp:192.168.1.{n}:5005", firmware="5.2",
        )
        for n in range(1, count + 1)
    ]  # fmt: skip


class Reporter:
    """A connected program that reports these devices, until the process ends."""

    def __init__(self, hall: LiveHall, token: str, devices: list[object]) -> None:
        self._address = f"ws://127.0.0.1:{hall.push_port}"
        self._token = token
        self._devices = devices
        self.loop = asyncio.new_event_loop()
        self.client = HallClient(self._address, token, "test 0.1.0", lambda _: None)
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        self.loop.run_until_complete(self._run())

    async def _run(self) -> None:
        await self.client.report(tuple(self._devices))  # type: ignore[arg-type]
        await self.client.run()

    def tell(self, devices: list[object]) -> None:
        """Report anew."""
        work = self.client.report(tuple(devices))  # type: ignore[arg-type]
        asyncio.run_coroutine_threadsafe(work, self.loop).result(20)


def opened(page: Page, where: str) -> None:
    """Drill into something, or out again."""
    page.evaluate("where => { location.hash = where }", where or "#/")
    expect(page.locator(".detail")).to_have_count(1 if where else 0)
    page.wait_for_timeout(300)


def take(folder: Path) -> None:
    """All pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        sync_playwright() as playwright,
        LiveHall(Path(data), services=6, counters=8) as hall,
    ):
        browser = launch(playwright)
        manager = hall.new_token("manager", "值班长")
        hall.start()
        pages = {n: Watched(browser, s) for n, s in {"desktop": DESKTOP, "phone": PHONE}.items()}
        for name, watched in pages.items():
            watched.enter(hall.address, manager)
            expect(watched.page.locator(".tiles")).to_be_visible()
            opened(watched.page, "#/devices")
            watched.page.screenshot(path=folder / f"devices-none-{name}.png")
            opened(watched.page, "")
        hall.busy(manager, 6, 40, 4)
        Reporter(hall, hall.new_token("kiosk", "一号取号机"), failing_kiosk())
        stations = [hall.new_token("station", f"{n}区外设站", "--area", "a1") for n in (1, 2)]
        rows = [Reporter(hall, token, station(98, 5 * n)) for n, token in enumerate(stations)]
        assert rows
        for name, watched in pages.items():
            page = watched.page
            expect(page.locator(".alerts li")).to_have_count(2)
            for language in ("zh", "en"):
                page.screenshot(path=folder / f"devices-alert-{language}-{name}.png")
                page.evaluate("document.querySelector('.programs').scrollIntoView()")
                page.screenshot(path=folder / f"devices-programs-{language}-{name}.png")
                page.evaluate("scrollTo(0, 0)")
                opened(page, "#/devices")
                page.screenshot(path=folder / f"devices-all-{language}-{name}.png")
                opened(page, "")
                page.locator(".alerts .what").first.click()
                expect(page.locator(".detail")).to_have_count(1)
                page.wait_for_timeout(300)
                page.screenshot(path=folder / f"devices-program-{language}-{name}.png")
                opened(page, "")
                page.locator(".top .plain").first.click()
            if name == "desktop":
                page.locator(".alerts .plain").first.click()
            expect(page.locator(".alerts .known li")).to_have_count(1)
            page.screenshot(path=folder / f"devices-seen-{name}.png")
            print(name, watched.too_wide(), watched.complaints, flush=True)
        browser.close()


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    take(parser.parse_args().folder)


if __name__ == "__main__":
    main()
