"""The managers' page in a real browser, fed by a real server process."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect, sync_playwright

from tests.e2e.browser import PHONE, Watched, launch
from tests.e2e.live_hall import LiveHall

SECOND = 1000
Watch = Callable[..., Watched]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        one = launch(playwright)
        yield one
        one.close()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    """Makes pages, and holds each of them to have complained of nothing."""
    made: list[Watched] = []

    def make(size: tuple[int, int] = (1440, 900)) -> Watched:
        made.append(Watched(browser, size))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
    assert [complaint for one in made for complaint in one.complaints] == []


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with LiveHall(tmp_path) as one:
        one.start()
        yield one


@pytest.fixture
def token(hall: LiveHall) -> str:
    return hall.new_token("manager", "值班长")


def figure(page: Page, number: int) -> str:
    """The figure of one tile, from 1 on the left."""
    return page.locator(f".tile:nth-child({number}) .figure b").inner_text()


def waiting(page: Page, count: int | str) -> None:
    """Wait until the first tile says so many wait."""
    expect(page.locator(".tile:first-child .figure b")).to_have_text(str(count), timeout=20_000)


def test_what_happens_in_the_hall_is_seen_at_once(hall: LiveHall, token: str, watch: Watch) -> None:
    page = watch().enter(hall.address, token)
    expect(page.locator(".day")).to_have_text("未办公")
    waiting(page, 0)

    hall.do(token, type="open_day", day="2026-03-02")
    expect(page.locator(".day")).to_contain_text("办公中2026-03-02")
    ticket = hall.do(type="issue_ticket", service="s1")["number"]
    hall.do(type="issue_ticket", service="s1")
    waiting(page, 2)
    expect(page.locator(".queues tbody tr").first).to_contain_text("无窗口开放")

    hall.do(type="sign_in", counter="c4", staff="m4")
    card = page.locator(".counters .card").nth(3)
    expect(card).to_contain_text("空闲")
    hall.do(type="call_next", counter="c4")
    expect(card).to_contain_text(ticket)
    expect(card).to_contain_text("办理中")
    expect(page.locator(".calls li").first).to_contain_text(f"{ticket}4 号窗口")
    waiting(page, 1)

    hall.do(type="end_service", counter="c4")
    expect(page.locator(".tile:nth-child(5) .figure b")).to_have_text("1")
    hall.do(type="pause", counter="c4", reason="用餐", until=int(time.time() * 1000) + 2 * SECOND)
    expect(card).to_contain_text("暂停")
    expect(card).to_contain_text("用餐")
    expect(card).to_contain_text("已超时", timeout=20 * SECOND)


def test_minutes_tick(hall: LiveHall, token: str, watch: Watch) -> None:
    page = watch().enter(hall.address, token)
    hall.do(token, type="open_day", day="2026-03-02")
    hall.do(type="issue_ticket", service="s1")
    longest = page.locator(".tile:nth-child(2) .figure b")
    expect(longest).to_have_text(re.compile(r"^0′0[1-9]″$"), timeout=20 * SECOND)
    first = longest.inner_text()
    expect(longest).not_to_have_text(first, timeout=20 * SECOND)


def test_every_figure_opens_what_it_is_made_of(hall: LiveHall, token: str, watch: Watch) -> None:
    page = watch().enter(hall.address, token)
    hall.do(token, type="open_day", day="2026-03-02")
    numbers = [hall.do(type="issue_ticket", service="s1")["number"] for _ in range(3)]

    page.locator(".tile").first.click()
    detail = page.locator(".detail")
    expect(detail.locator(".figures li").first).to_contain_text("3")
    detail.locator(".figures button").first.click()
    for number in numbers:
        expect(detail.locator(".tickets")).to_contain_text(number)
    numbers.append(hall.do(type="issue_ticket", service="s1")["number"])
    expect(detail.locator(".tickets")).to_contain_text(numbers[-1])

    detail.locator(".card").first.click()
    expect(detail.locator("h2")).to_contain_text("号窗口")
    expect(detail).to_contain_text("无人签到")
    where = page.url
    page.keyboard.press("Escape")
    expect(detail).to_have_count(0)
    page.goto(where)
    expect(detail.locator("h2")).to_contain_text("号窗口")
    for tile in page.locator(".tile").all():
        tile.click()
        expect(detail.locator("h2")).not_to_have_text("—")


def test_it_outlives_the_server_and_says_how_old_its_data_is(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    page = watch().enter(hall.address, token)
    hall.do(token, type="open_day", day="2026-03-02")
    hall.do(type="issue_ticket", service="s1")
    waiting(page, 1)

    hall.kill()
    banner = page.locator(".banner:not(.coming)")
    expect(banner).to_contain_text(re.compile(r"数据截至 \d\d:\d\d:\d\d"), timeout=20_000)
    expect(page.locator(".live.stale")).to_be_visible()
    waiting(page, 1)
    longest = page.locator(".tile:nth-child(2) .figure b").inner_text()
    page.wait_for_timeout(2_500)
    assert figure(page, 2) == longest, "time does not go on in old data"

    hall.start()
    expect(banner).to_have_count(0, timeout=30_000)
    expect(page.locator(".live.stale")).to_have_count(0)
    hall.do(type="issue_ticket", service="s1")
    waiting(page, 2)


def test_a_page_opened_before_the_server_finds_it(hall: LiveHall, token: str, watch: Watch) -> None:
    watched = watch()
    page = watched.enter(hall.address, token)
    waiting(page, 0)
    hall.kill()

    def away(route: Route) -> None:
        route.abort("connectionrefused")

    # The page's own files come from the browser's store; its configuration cannot be had.
    page.evaluate("sessionStorage.clear()")
    page.route("**/config.json", away)
    hall.start()
    page.goto(f"{hall.address}/manager/")
    page.fill("#token", token)
    page.click("button.main")
    expect(page.locator(".banner:not(.coming)")).to_contain_text("连不上服务器")
    page.unroute("**/config.json", away)
    waiting(page, 0)


def test_a_push_channel_that_refuses_the_page_is_named(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    """Under a name the server does not know as its own, the page is a stranger to it."""
    page = watch().enter(f"http://elsewhere.localhost:{hall.http_port}", token)
    expect(page.locator(".banner:not(.coming)")).to_contain_text(
        "doors.origins", timeout=20 * SECOND
    )
    expect(page.locator(".banner:not(.coming)")).to_contain_text(
        f"ws://elsewhere.localhost:{hall.push_port}"
    )


def test_a_wrong_token_is_told_and_forgotten(hall: LiveHall, token: str, watch: Watch) -> None:
    page = watch().enter(hall.address, "not-a-token")
    expect(page.locator("[role=alert]")).to_contain_text("令牌无效")
    page.click("text=English")
    expect(page.locator("[role=alert]")).to_contain_text("wrong or revoked")
    assert page.evaluate("sessionStorage.length") == 0

    page.fill("#token", hall.new_token("board", "一楼综合屏", "--area", "a1"))
    page.click("button.main")
    expect(page.locator("[role=alert]")).to_contain_text("not a manager's")

    page.fill("#token", "   ")
    page.click("button.main")
    expect(page.locator("[role=alert]")).to_contain_text("Please enter the token")
    page.fill("#token", token)
    page.click("button.main")
    waiting(page, 0)


def test_the_token_stays_in_the_tab_and_out_of_every_address(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    watched = watch()
    page = watched.enter(hall.address, token)
    waiting(page, 0)
    page.reload()
    waiting(page, 0)
    assert [address for address in watched.addresses if token in address] == []
    assert any(address.startswith("ws://") for address in watched.addresses)
    outside = [a for a in watched.addresses if not a.startswith(("http://127.0.0.1", "ws://127"))]
    assert outside == []
    page.click("text=退出")
    expect(page.locator("#token")).to_be_visible()
    page.reload()
    expect(page.locator("#token")).to_be_visible()


def test_english_is_complete_and_remembered(hall: LiveHall, token: str, watch: Watch) -> None:
    page = watch().enter(hall.address, token)
    waiting(page, 0)
    page.click("text=English")
    page.reload()
    waiting(page, 0)
    assert page.evaluate("document.documentElement.lang") == "en"
    hall.do(token, type="open_day", day="2026-03-02")
    expect(page.locator(".day")).to_contain_text("Open2026-03-02")
    page.locator(".queues tbody tr").first.click()
    page.wait_for_selector(".detail")
    shown = page.locator("#app").inner_text()
    names = {"中文", "值班长", "自动测试"}
    left = [
        line
        for line in shown.splitlines()
        if re.search(r"[\u4e00-\u9fff]", line) and line.strip() not in names
    ]
    assert left == []


def test_what_is_unknown_is_never_drawn_as_nothing(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    watched = watch()

    def without_queues(line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        def passed(data: str | bytes) -> None:
            frame = json.loads(data)
            for topic in [t for t in frame.get("set", {}) if t != "hall"]:
                del frame["set"][topic]
            line.send(json.dumps(frame))

        server.on_message(passed)

    watched.page.route_web_socket(re.compile("^ws://"), without_queues)
    page = watched.enter(hall.address, token)
    waiting(page, "—")
    assert figure(page, 2) == "—"
    expect(page.locator(".queues tbody")).to_have_text("—")
    expect(page.locator(".programs .none")).to_have_text("—")


def test_a_lost_update_is_asked_for_again(hall: LiveHall, token: str, watch: Watch) -> None:
    watched = watch()
    lost: list[str] = []

    def losing(line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        def passed(data: str | bytes) -> None:
            frame = json.loads(data)
            if frame["type"] == "update" and "queues" in frame["set"] and not lost:
                lost.append(str(data))
            else:
                line.send(data)

        server.on_message(passed)

    watched.page.route_web_socket(re.compile("^ws://"), losing)
    page = watched.enter(hall.address, token)
    waiting(page, 0)
    hall.do(token, type="open_day", day="2026-03-02")
    hall.do(type="issue_ticket", service="s1")
    hall.do(type="sign_in", counter="c1", staff="m1")
    hall.do(type="issue_ticket", service="s2")
    waiting(page, 2)
    assert lost


def test_a_line_that_fell_silent_is_given_up(hall: LiveHall, token: str, watch: Watch) -> None:
    """A pulled cable closes nothing: the page must ask, and believe only an answer."""
    watched = watch()
    silent: list[bool] = []

    def cable(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        server.on_message(lambda data: None if silent else line.send(data))

    watched.page.clock.install()
    watched.page.route_web_socket(re.compile("^ws://"), cable)
    page = watched.enter(hall.address, token)
    waiting(page, 0)
    page.clock.fast_forward(60 * SECOND)
    page.clock.fast_forward(2 * SECOND)
    page.wait_for_timeout(1 * SECOND)
    expect(page.locator(".banner:not(.coming)")).to_have_count(0)

    silent.append(True)
    page.clock.fast_forward(60 * SECOND)
    page.clock.fast_forward(60 * SECOND)
    expect(page.locator(".banner:not(.coming)")).to_contain_text("数据截至")
    silent.clear()
    page.clock.fast_forward(60 * SECOND)
    expect(page.locator(".banner:not(.coming)")).to_have_count(0)


def test_a_phone_needs_no_sideways_scrolling(tmp_path: Path, watch: Watch) -> None:
    with LiveHall(tmp_path, services=10, counters=12) as hall:
        hall.start()
        token = hall.new_token("manager", "值班长")
        watched = watch(PHONE)
        page = watched.enter(hall.address, token)
        hall.busy(token, 12, 90, 10)
        expect(page.locator(".calls li").first).to_be_visible()
        for _ in ("zh", "en"):
            assert watched.too_wide() == 0
            for opened in ("", "#/queue/s1", "#/counter/c1", "#/waiting", "#/served"):
                page.evaluate("where => { location.hash = where }", opened)
                assert watched.too_wide() == 0, opened
            page.evaluate("location.hash = ''")
            page.evaluate("history.replaceState(null, '', '#/')")
            page.keyboard.press("Escape")
            page.locator(".top .plain").first.click()


def test_a_hall_with_nothing_in_it(tmp_path: Path, watch: Watch) -> None:
    with LiveHall(tmp_path, services=0, counters=0) as hall:
        hall.start()
        page = watch().enter(hall.address, hall.new_token("manager", "值班长"))
        expect(page.locator(".queues .none")).to_have_text("还没有定义业务")
        expect(page.locator(".counters .none")).to_have_text("还没有定义窗口")
        expect(page.locator(".calls .none")).to_have_text("今天还没有呼叫")


def test_a_citizen_follows_the_ticket_on_a_phone(hall: LiveHall, token: str, watch: Watch) -> None:
    hall.do(token, type="open_day", day="2026-03-02")
    hall.do(type="issue_ticket", service="s3")
    mine = hall.do(type="issue_ticket", service="s3")
    watched = watch(PHONE)
    page = watched.page
    page.goto(f"{hall.address}/t/{mine['ticket']}")
    expect(page.locator("#number")).to_have_text(mine["number"])
    expect(page.locator("#zh")).to_have_text("前方等候 1 人")
    expect(page.locator("#en")).to_have_text("1 person ahead of you")
    assert watched.too_wide() == 0
    hall.do(type="sign_in", counter="c4", staff="m4")
    hall.do(type="call_next", counter="c4")
    hall.do(type="end_service", counter="c4")
    hall.do(type="call_next", counter="c4")
    expect(page.locator("#zh")).to_have_text("正在 4 号窗口办理", timeout=30_000)
    hall.kill()
    expect(page.locator("#age")).to_contain_text("数据截至", timeout=30_000)
    expect(page.locator("#number")).to_have_text(mine["number"])
