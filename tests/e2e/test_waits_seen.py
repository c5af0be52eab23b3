"""A told waiting time on phone and managers' page: there while it is known, gone when it is not."""

import asyncio
import datetime as dt
import os
import signal
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright

from simulation.processes import start_server
from simulation.replay.clock import DayClock
from tests.e2e.browser import PHONE, Watched, launch
from tests.integration.server_hall import ServerHall, open_day

ENOUGH = 25
"""Waits after which the plain ranges are told."""
WAITED_S = 390
"""With nobody ahead. One ahead makes a third of it more."""
LONG = 90_000
"""Milliseconds: an answer is withdrawn after 15 s, and a phone asks every ten."""


class Hall:
    """A hall whose clock moves only when told."""

    def __init__(self, folder: Path) -> None:
        self.inner = ServerHall(folder, waits={"told": True})
        self.clock = DayClock(folder / "clock", dt.date(2026, 3, 2), 9 * 3600, None)
        self.inner.server = start_server(
            self.inner.programs, self.inner.config, clock=folder / "clock"
        )
        self.address = self.inner.server.http

    def do(self, who: str, **do: Any) -> dict[str, Any]:
        answer = httpx.post(
            f"{self.address}/api/v1/commands",
            json={"id": str(uuid.uuid4()), "do": do},
            headers={"Authorization": f"Bearer {self.inner.tokens[who]}"},
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json().get("done", {}))

    def move(self, seconds: float) -> None:
        """So long after nine."""
        with ThreadPoolExecutor() as threads:  # the browser has an event loop in this one
            threads.submit(asyncio.run, self.clock.reach(9 * 3600 + seconds)).result()

    def estimator(self) -> int:
        lines = {int(p.parent.name): p.read_bytes() for p in Path("/proc").glob("[0-9]*/cmdline")}
        log = str(self.inner.folder).encode()
        (pid,) = (k for k, line in lines.items() if b"queue_server.waits" in line and log in line)
        return pid


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    with made.inner.programs:
        asyncio.run(open_day(made.inner))
        yield made


def test_a_range_is_on_each_page_only_while_it_is_known(hall: Hall) -> None:
    for number in range(1, ENOUGH + 1):
        hall.do("kiosk", type="issue_ticket", service="tax")
        hall.move(WAITED_S * number)
        hall.do("caller1", type="call_next", counter="1")
        hall.do("caller1", type="end_service", counter="1")
    pictures = os.environ.get("PICTURES")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        watched, phone = Watched(browser), Watched(browser, PHONE)
        page = watched.enter(hall.address, hall.inner.tokens["manager"])
        told = page.locator("td.range", has_text="′")
        expect(told).to_have_text("6–7′", timeout=LONG)
        first = hall.do("kiosk", type="issue_ticket", service="tax")
        assert (first["wait_low_s"], first["wait_high_s"]) == (WAITED_S, WAITED_S)
        hall.move(WAITED_S * ENOUGH + 1)
        own = hall.do("kiosk", type="issue_ticket", service="tax")
        phone.page.goto(f"{hall.address}/t/{own['ticket']}")
        waited = phone.page.locator("#wait-zh")
        expect(waited).to_have_text("还需等候约3～9分钟", timeout=LONG)
        expect(phone.page.locator("#wait-en")).to_have_text("Still to wait: about 3–9 min")
        if pictures:
            phone.page.screenshot(path=f"{pictures}/phone-told.png")
            page.screenshot(path=f"{pictures}/manager-told.png")
        hall.do("caller1", type="call_next", counter="1")
        expect(waited).to_have_text("还需等候约1～7分钟", timeout=LONG)
        child = hall.estimator()
        os.kill(child, signal.SIGSTOP)
        try:
            expect(told).to_have_count(0, timeout=LONG)
            expect(waited).to_have_text("", timeout=LONG)
        finally:
            os.kill(child, signal.SIGCONT)
        expect(waited).to_have_text("还需等候约1～7分钟", timeout=LONG)
        assert hall.inner.server is not None
        hall.inner.server.program.kill()
        expect(phone.page.locator("#age")).to_contain_text("暂时连不上大厅", timeout=LONG)
        expect(waited).to_have_text("")
        browser.close()
