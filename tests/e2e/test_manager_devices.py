"""Devices on the managers' page: alert, list, all they tell; with none, with many, on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.e2e.browser import DESKTOP, PHONE, Watched, launch
from tests.e2e.live_hall import LiveHall
from tests.e2e.manager_devices import Reporter, failing_kiosk, opened, station

SECOND = 1000


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with LiveHall(tmp_path) as one:
        one.start()
        yield one


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_failed_is_told_until_it_is_well(hall: LiveHall, size: tuple[int, int]) -> None:
    manager = hall.new_token("manager", "值班长")
    kiosk = hall.new_token("kiosk", "一号取号机")
    rows = hall.new_token("station", "外设站", "--area", "a1")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        watched = Watched(browser, size)
        page = watched.enter(hall.address, manager)
        expect(page.locator(".tiles")).to_be_visible()
        expect(page.locator(".alerts")).to_have_count(0)
        opened(page, "#/devices")
        expect(page.locator(".detail .none")).to_have_text("没有终端上报设备")
        opened(page, "")

        reporter = Reporter(hall, kiosk, failing_kiosk())
        Reporter(hall, rows, station(98, 5))
        expect(page.locator(".alerts li")).to_have_count(2)
        alerts = page.locator(".alerts")
        expect(alerts).to_contain_text("一号取号机 · 打印机 号票打印机")
        expect(alerts).to_contain_text("打印机缺纸，请工作人员换纸")
        expect(alerts).to_contain_text("等 5 个")
        expect(page.locator(".programs h2")).to_contain_text("7 个设备异常")
        opened(page, "#/devices")
        expect(page.locator(".devices li")).to_have_count(102)
        first = page.locator(".devices li").first
        expect(first).to_have_class("wrong")
        assert watched.too_wide() == 0
        opened(page, "")
        page.locator(".alerts .what", has_text="号票打印机").click()
        detail = page.locator(".detail")
        for words in ("固件", "1.08", "纸张", "用完", "usb-Prolific", "port.lost", "sam"):
            expect(detail).to_contain_text(words)
        page.locator(".detail-head button").click()

        page.locator(".top .plain").first.click()
        expect(alerts).to_contain_text("Out of paper; staff, please refill")
        expect(alerts).to_contain_text("and others, 5 in all")
        page.locator(".alerts li", has_text="Out of paper").get_by_role(
            "button", name="Acknowledge"
        ).click()
        expect(alerts.locator(".known li")).to_contain_text("seen by 值班长")
        page.reload()
        expect(alerts.locator(".known li")).to_contain_text("seen by 值班长")
        expect(page.locator(".alerts li")).to_have_count(2)
        reporter.tell(failing_kiosk()[1:3])
        expect(page.locator(".alerts li")).to_have_count(1, timeout=20 * SECOND)
        assert watched.too_wide() == 0
        assert watched.complaints == []
        browser.close()
