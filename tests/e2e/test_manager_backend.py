"""The line to the management backend on the managers' page, while the backend comes and goes."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from simulation.processes import Programs, start_backend
from tests.e2e.browser import PHONE, Watched, launch
from tests.e2e.live_hall import LiveHall

SYNC = """
[sync]
address = "{address}"
token_file = "{token}"
ca_file = "{ca}"
first_delay = 0.1
longest_delay = 0.2
operator_delay = 0.2
"""
WITHIN = 30_000


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        one = launch(playwright)
        yield one
        one.close()


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    with Programs(tmp_path / "logs") as made:
        yield made


def last(database: Path) -> int:
    """The last event that it holds."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30) as connection:
        found = connection.execute("SELECT max(seq) FROM events").fetchone()[0]
    connection.close()
    return int(found or 0)


def top_row(page: Page) -> Locator:
    """The first row of programs and devices."""
    return page.locator(".programs li").first


def test_the_manager_sees_how_the_line_to_the_backend_stands(
    programs: Programs, browser: Browser, tmp_path: Path
) -> None:
    backend = start_backend(programs, tmp_path / "backend")
    ours = tmp_path / "hall.token"
    shutil.copy(backend.token, ours)
    with LiveHall(tmp_path) as hall:
        with (tmp_path / "hall.toml").open("a") as config:
            config.write(SYNC.format(address=backend.address, token=ours, ca=backend.ca))
        manager = hall.new_token("manager", "值班长")
        hall.start()
        watched = Watched(browser, PHONE)
        page = watched.enter(hall.address, manager)
        row, heading = top_row(page), page.locator(".programs h2")
        hall.do(manager, type="open_day", day="2026-03-02")
        expect(row).to_have_text("上报管理平台● 已连接", timeout=WITHIN)
        expect(heading).not_to_contain_text("管理平台异常")

        backend.program.kill()
        for _ in range(3):
            hall.do(type="issue_ticket", service="s1")
        lacking = last(tmp_path / "data/hall.db") - last(backend.token.parent / "backend.sqlite3")
        assert lacking >= 3
        expect(row).to_contain_text(f"待报 {lacking} 条", timeout=WITHIN)
        expect(row).to_contain_text(re.compile(r"✕ 正在重试 · \d\d:\d\d 起"))
        expect(row).to_contain_text("连接不上管理平台，将自动重试")
        expect(heading).to_contain_text("管理平台异常")
        page.click("text=English")
        expect(row).to_contain_text(re.compile(r"Backend✕ Trying again · since \d\d:"))
        expect(row).to_contain_text("The backend cannot be reached; trying again")
        expect(row).to_contain_text(f"{lacking} unsent")
        assert watched.too_wide() == 0
        page.click("text=中文")

        # It returns, but its token has been changed.
        backend.token.write_text("another-token-" * 3)
        port = int(backend.address.rpartition(":")[2])
        start_backend(programs, backend.token.parent, port=port)
        expect(row).to_contain_text("✕ 需人工处理", timeout=WITHIN)
        expect(row).to_contain_text("管理平台不接受本大厅的令牌，请更换")
        expect(row).to_contain_text(f"待报 {lacking} 条")
        shutil.copy(backend.token, ours)
        expect(row).to_have_text("上报管理平台● 已连接", timeout=WITHIN)
        expect(heading).not_to_contain_text("管理平台异常")
        assert watched.complaints == []


def test_a_hall_without_a_backend_shows_none(browser: Browser, tmp_path: Path) -> None:
    with LiveHall(tmp_path) as hall:
        hall.start()
        page = Watched(browser).enter(hall.address, hall.new_token("manager", "值班长"))
        expect(page.locator(".programs li").first).to_be_visible()
        expect(page.locator(".programs .backend")).to_have_count(0)
