"""Pictures of the managers' page and of the ticket's, from a real server and a real browser.

python -m tests.e2e.manager_pictures FOLDER
"""

import argparse
import asyncio
import contextlib
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from queue_server.domain.values import Ms
from queue_server.protocol.client import HallClient
from queue_server.protocol.views import DeviceReport
from simulation.processes import Programs, start_backend
from tests.e2e.browser import DESKTOP, PHONE, Watched, launch
from tests.e2e.live_hall import LiveHall

SIZES = {"desktop": DESKTOP, "phone": PHONE}


class Kiosk:
    """A connected kiosk whose printer has run out of paper."""

    def __init__(self, hall: LiveHall) -> None:
        self._address = f"ws://127.0.0.1:{hall.push_port}"
        self._token = hall.new_token("kiosk", "二号取号机")
        threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True).start()

    async def _run(self) -> None:
        client = HallClient(self._address, self._token, "kiosk 0.1.0", lambda _: None)
        now = Ms(int(time.time() * 1000))
        await client.report(
            (
                DeviceReport(
                    kind="printer",
                    name="80 mm",
                    state="failed",
                    since=now,
                    code="paper_out",
                    zh="缺纸，请装纸",
                    en="Out of paper; please load a roll",
                ),
                DeviceReport(kind="id_reader", name="SAM", state="ok", since=now),
            )
        )
        await client.run()


def opened(page: Page, where: str) -> None:
    """Drill into something, or out again."""
    page.evaluate("where => { location.hash = where }", where or "#/")
    expect(page.locator(".detail")).to_have_count(1 if where else 0)
    page.wait_for_timeout(700)


def office(
    hall: LiveHall, manager: str, pages: dict[str, Page], shoot: Callable[[Page, str], None]
) -> None:
    """The pages beside the live hall, in both languages and sizes."""
    every = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
    bands = [
        {"start": f"{hour:02}:00", "end": f"{hour + 1:02}:00", "days": every, "tickets": 6}
        for hour in (9, 10, 14, 15)
    ]
    name = {"zh": "户籍预约", "en": "Household register"}
    plan = {"id": "b1", "name": name, "services": ["s1"], "bands": bands}
    hall.do(manager, type="define_booking_plan", plan=plan)
    headers = {"Authorization": f"Bearer {manager}"}
    first = str(hall.client.get("/api/v1/agenda", headers=headers).json()["first"])
    for n in range(9):
        person = {"name": "张王李"[n % 3] + "小明", "number": f"11010119900307{4258 + n}"}
        start = bands[n % 4]["start"]
        hall.do(
            type="book_appointment", serial=f"YY-{n}", service="s1", day=first, start=start,
            holder=person,
        )  # fmt: skip
    for size, page in pages.items():
        for language in ("zh", "en"):
            for place in ("rules", f"calendar/{first}", f"appointments/{first}", "changes"):
                page.evaluate("where => { location.hash = where }", f"#/{place}")
                page.wait_for_timeout(800)
                shoot(page, f"manager-{place.partition('/')[0]}-{language}-{size}")
            page.evaluate("location.hash = '#/rules/p4'")
            page.locator(".edit .buttons .plain").nth(1).click()
            page.locator(".trial .plain").first.click()
            expect(page.locator(".trial table")).to_be_visible(timeout=60_000)
            shoot(page, f"manager-edit-{language}-{size}")
            page.locator(".top .plain").first.click()
        page.evaluate("location.hash = '#/'")


def take(folder: Path) -> None:
    """Make all pictures, and name each."""
    folder.mkdir(parents=True, exist_ok=True)

    def shoot(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")
        print(folder / f"{name}.png", flush=True)

    with (
        tempfile.TemporaryDirectory() as data,
        sync_playwright() as playwright,
        Programs(Path(data) / "logs") as programs,
        contextlib.nullcontext(start_backend(programs, Path(data) / "backend")) as backend,
        LiveHall(Path(data), services=10, counters=24) as hall,
    ):
        browser = launch(playwright)
        with (Path(data) / "hall.toml").open("a") as config:
            config.write(
                f'[sync]\naddress = "{backend.address}"\ntoken_file = "{backend.token}"\n'
                f'ca_file = "{backend.ca}"\n'
            )
        manager = hall.new_token("manager", "值班长")
        hall.new_token("board", "一楼综合屏", "--area", "a1")
        hall.start()
        Kiosk(hall)
        pages = {}
        for name, size in SIZES.items():
            watched = Watched(browser, size)
            watched.page.goto(f"{hall.address}/manager/")
            shoot(watched.page, f"manager-token-{name}")
            pages[name] = watched.enter(hall.address, manager)
            expect(pages[name].locator(".tiles")).to_be_visible()
            shoot(pages[name], f"manager-closed-{name}")
        hall.busy(manager, 24, 160, 10)
        mine = hall.do(type="issue_ticket", service="s1")["ticket"]
        expect(pages["desktop"].locator(".backend .link")).to_have_class("link ok")
        pages["desktop"].wait_for_timeout(11_000)
        for name, page in pages.items():
            for language in ("zh", "en"):
                shoot(page, f"manager-{language}-{name}")
                page.locator(".top .plain").first.click()
            opened(page, "#/queue/s2")
            shoot(page, f"manager-queue-{name}")
            opened(page, "#/counter/c4")
            shoot(page, f"manager-counter-{name}")
            page.keyboard.press("Escape")
        office(hall, manager, pages, shoot)
        backend.program.kill()
        hall.do(type="issue_ticket", service="s1")
        expect(pages["desktop"].locator(".backend .link.wrong").first).to_be_visible(timeout=30_000)
        shoot(pages["desktop"], "manager-backend-away-desktop")
        citizen = Watched(browser, PHONE).page
        citizen.goto(f"{hall.address}/t/{mine}")
        expect(citizen.locator("#number")).not_to_have_text("—")
        shoot(citizen, "ticket-waiting-phone")
        citizen.goto(f"{hall.address}/t/none")
        shoot(citizen, "ticket-none-phone")
        hall.kill()
        for name, page in pages.items():
            expect(page.locator(".stale.live")).to_be_visible()
            shoot(page, f"manager-cut-{name}")
        browser.close()


def main() -> None:
    """Read the arguments and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    take(parser.parse_args().folder)


if __name__ == "__main__":
    main()
