"""The managers' pages beside the live hall, in a real browser before a real server process."""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.e2e.browser import PHONE, Watched, launch
from tests.e2e.live_hall import LiveHall

SECOND = 1000
expect.set_options(timeout=20 * SECOND)
DAY = "2026-03-02"
EVERY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
PERSON = {"name": "张三", "number": "110101199003074258", "birth": "1990-03-07"}
AGING = '\n[[conditions]]\ntype = "aging"\nminutes_per_class = {minutes}\n'
Watch = Callable[..., Watched]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        one = launch(playwright)
        yield one
        one.close()


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    made: list[Watched] = []

    def make(size: tuple[int, int] = (1440, 900)) -> Watched:
        made.append(Watched(browser, size))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
    # A refusal that the page shows is also in the browser's own console.
    told = [c for one in made for c in one.complaints if "status of 4" not in c]
    assert told == []


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[LiveHall]:
    with LiveHall(tmp_path) as one:
        one.start()
        yield one


@pytest.fixture
def token(hall: LiveHall) -> str:
    return hall.new_token("manager", "值班长")


def go(page: Page, where: str) -> None:
    page.evaluate("where => { location.hash = where }", f"#/{where}")


def press(within: Page | Locator, name: str) -> None:
    within.get_by_role("button", name=name, exact=True).first.click()


def a_day(hall: LiveHall, token: str, tickets: int = 3) -> list[str]:
    """All but one of some tickets are served at the fourth counter."""
    hall.do(token, type="open_day", day=DAY)
    numbers = [hall.do(type="issue_ticket", service="s1")["number"] for _ in range(tickets)]
    hall.do(type="sign_in", counter="c4", staff="m4")
    for _ in range(tickets - 1):
        hall.do(type="call_next", counter="c4")
        hall.do(type="end_service", counter="c4")
    return [str(number) for number in numbers]


def plan(hall: LiveHall, token: str) -> str:
    """Two bands a day of two places; returns the first day that can be booked."""
    bands = [
        {"start": f"{hour}:00", "end": f"{hour + 1}:00", "days": EVERY, "tickets": 2}
        for hour in (10, 14)
    ]
    name = {"zh": "户籍预约", "en": "Household"}
    whole = {"id": "b1", "name": name, "services": ["s1"], "bands": bands}
    hall.do(token, type="define_booking_plan", plan=whole)
    answer = hall.client.get("/api/v1/agenda", headers={"Authorization": f"Bearer {token}"})
    return str(answer.json()["first"])


def test_rules_are_edited_with_their_mistakes_shown_and_used_and_undone(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    page = watch().enter(hall.address, token)
    page.get_by_role("link", name="叫号规则").click()
    sheet = page.locator(".sheet").first
    expect(sheet).to_contain_text("其余：级别高的先叫，同级先到先办")
    press(sheet, "修改规则：综合")
    text = page.get_by_label("规则文本")
    use = page.get_by_role("button", name="启用修改…")
    expect(page.locator(".verdict")).to_contain_text("与在用的规则相同")
    expect(use).to_be_disabled()

    before = text.input_value()
    text.fill(before + AGING.format(minutes=0))
    line = (before + AGING).splitlines().index("minutes_per_class = {minutes}") + 1
    expect(page.locator(".mistakes li")).to_contain_text(f"第 {line} 行")
    expect(page.locator(".gutter .wrong")).to_have_text(f"✕ {line}")
    expect(use).to_be_disabled()
    press(page.locator(".mistakes"), f"第 {line} 行")
    chosen = page.evaluate(
        "() => { const a = document.activeElement;"
        " return a.value.slice(a.selectionStart, a.selectionEnd) }"
    )
    assert chosen == "minutes_per_class = 0"
    text.fill(before + "\nx = ")
    expect(page.locator(".mistakes li")).to_contain_text("不是 TOML")

    text.fill(before + AGING.format(minutes=10))
    expect(page.locator(".diff .new")).to_contain_text("每等 10 分钟升一级")
    use.click()
    expect(page.locator(".confirm")).to_contain_text("从下一次叫号起")
    press(page.locator(".confirm"), "启用")
    expect(page.locator(".done")).to_contain_text("从下一次叫号起生效")
    expect(sheet).to_contain_text("每等 10 分钟升一级")
    press(page.locator(".done"), "撤销")
    expect(sheet).not_to_contain_text("每等 10 分钟升一级")

    go(page, "changes")
    expect(page.locator(".changes li").first).to_contain_text("值班长改叫号规则p1")


def test_each_kind_of_condition_can_be_added_and_is_right(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    page = watch().enter(hall.address, token)
    go(page, "rules/p1")
    text = page.get_by_label("规则文本")
    before = text.input_value()
    kinds = ("指定", "优先", "久等", "预约", "比例", "候时升级", "分流支援", "兜底")
    for kind in kinds:
        text.fill(before)
        expect(page.locator(".verdict")).to_contain_text("与在用的规则相同")
        press(page.locator(".adding"), kind)
        expect(page.locator(".diff .new").first).to_contain_text(f"{kind}：")
    for kind in kinds[1:4]:
        press(page.locator(".adding"), kind)
    expect(page.locator(".verdict > p b")).to_contain_text(re.compile("没有错误|处错误"))


def test_rules_somebody_else_changed_are_not_overwritten(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    page = watch().enter(hall.address, token)
    go(page, "rules/p1")
    text = page.get_by_label("规则文本")
    text.fill(text.input_value() + AGING.format(minutes=10))
    page.get_by_role("button", name="启用修改…").click()
    other = {"id": "p1", "name": {"zh": "另一套", "en": "Other"}, "services": ["s1"]}
    hall.do(token, type="define_profile", profile=other)
    press(page.locator(".confirm"), "启用")
    expect(page.locator(".confirm [role=alert]")).to_contain_text("已被别人改过")
    assert "分钟" in page.locator(".diff").inner_text(), "what was typed is still there"


def test_a_counter_is_given_other_rules(hall: LiveHall, token: str, watch: Watch) -> None:
    other = {"id": "slow", "name": {"zh": "备用规则", "en": "Spare"}, "services": ["s2"]}
    hall.do(token, type="define_profile", profile=other)
    page = watch().enter(hall.address, token)
    go(page, "rules")
    page.get_by_label("1 号窗口").select_option("slow")
    expect(page.locator(".confirm")).to_contain_text("1 号窗口改用“备用规则 · slow”？")
    press(page.locator(".confirm"), "取消")
    expect(page.get_by_label("1 号窗口")).to_have_value("p1")
    expect(page.get_by_label("1 号窗口")).to_be_focused()
    page.get_by_label("1 号窗口").select_option("slow")
    press(page.locator(".confirm"), "改用")
    expect(page.locator(".sheet").last).to_contain_text("使用的窗口：1 号")
    press(page.locator(".done"), "撤销")
    expect(page.locator(".sheet").last).to_contain_text("没有窗口使用")


def test_rules_are_tried_on_a_past_day(hall: LiveHall, token: str, watch: Watch) -> None:
    a_day(hall, token)
    page = watch().enter(hall.address, token)
    go(page, "rules/p4")
    press(page, "2:1")
    expect(page.locator(".diff .new").last).to_contain_text("按 2 : 1 轮流叫")
    press(page, "开始试行")
    table = page.locator(".trial table")
    expect(table).to_be_visible(timeout=60 * SECOND)
    expect(page.locator(".trial")).to_contain_text("3 张号")
    expect(table.locator("thead")).to_contain_text("当日实际当日规则新规则")
    expect(table).to_contain_text("普通号")
    text = page.get_by_label("规则文本")
    text.fill(text.input_value() + "\n")
    expect(page.locator(".trial .warn")).to_contain_text("改动前")


def test_why_a_ticket_was_called_and_who_was_passed(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    hall.do(token, type="open_day", day=DAY)
    first = hall.do(type="issue_ticket", service="s1")["number"]
    holder = {"name": "王老五", "number": "110101194003074250", "birth": "1940-03-07"}
    second = hall.do(type="issue_ticket", service="s1", holder=holder)["number"]
    hall.do(type="sign_in", counter="c4", staff="m4")
    hall.do(type="call_next", counter="c4")
    page = watch().enter(hall.address, token)
    go(page, "rules")
    page.get_by_label("号码").fill(str(second).lower())
    page.keyboard.press("Enter")
    expect(page.locator(".reasons")).to_contain_text("4 号窗口")
    expect(page.locator(".reasons tbody tr")).to_contain_text(f"普通号 {first}")
    expect(page.locator(".reasons tbody tr")).to_contain_text("级别较低")
    page.get_by_label("号码").fill("Q999")
    page.keyboard.press("Enter")
    expect(page.locator(".why [role=alert]")).to_contain_text("查不到这张号票")

    go(page, "counter/c4")
    press(page.locator(".detail"), "为什么叫这张号 ›")
    expect(page.locator(".detail .reasons")).to_contain_text("优先级最高")


def test_a_day_is_closed_with_a_reason_and_opened_again(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    first = plan(hall, token)
    hall.do(
        type="book_appointment", serial="YY-1", service="s1", day=first, start="10:00",
        holder=PERSON,
    )  # fmt: skip
    page = watch().enter(hall.address, token)
    go(page, "calendar/2026-02-17")
    expect(page.locator(".month")).to_contain_text("春节")
    expect(page.locator(".day-panel")).to_contain_text("国家放假安排")
    expect(page.locator(".calendar")).to_contain_text(re.compile(r"已录入到 \d{4}-12-31"))

    go(page, f"calendar/{first}")
    panel = page.locator(".day-panel")
    panel.get_by_label("放假").check()
    press(panel, "改动这一天")
    expect(panel.locator(".confirm")).to_contain_text("已有 1 个预约")
    press(panel.locator(".confirm"), "改动这一天")
    expect(panel.locator("[role=alert]")).to_contain_text("请写明原因")
    panel.get_by_label("原因").fill("停电检修")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("已改动")
    expect(panel).to_contain_text("停电检修")
    expect(page.locator(".day-cell.own")).to_contain_text("本厅停办")
    press(page.locator(".done"), "撤销")
    expect(page.locator(".day-cell.own")).to_have_count(0)

    panel.get_by_label("上班").check()
    panel.get_by_label("按哪天的时段").select_option("fri")
    press(panel, "改动这一天")
    panel.get_by_label("原因").fill("周末延时服务")
    press(panel.locator(".confirm"), "改动这一天")
    expect(panel).to_contain_text("本厅规定")
    press(panel, "撤销本厅规定")
    press(panel.locator(".confirm"), "撤销本厅规定")
    expect(page.locator(".day-cell.own")).to_have_count(0)
    press(page, "下个月")
    expect(page.locator(".month")).to_be_visible()


def test_appointments_are_seen_found_moved_and_cancelled(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    first = plan(hall, token)
    for serial in ("YY-1", "YY-2"):
        person = {**PERSON, "number": PERSON["number"][:-1] + serial[-1]}
        hall.do(
            type="book_appointment", serial=serial, service="s1", day=first, start="10:00",
            holder=person,
        )  # fmt: skip
    page = watch().enter(hall.address, token)
    go(page, f"appointments/{first}")
    row = page.locator(".appointments tbody tr").first
    expect(row).to_have_text("10:00–11:0022" + "0000")
    assert PERSON["number"] not in page.content()

    box = page.get_by_label("流水号、预约码")
    box.fill(PERSON["number"][:-1] + "2")
    page.keyboard.press("Enter")
    expect(page.locator(".find .bookings")).to_contain_text("YY-2")
    box.fill("nobody")
    page.keyboard.press("Enter")
    expect(page.locator(".find")).to_contain_text("没有找到预约")
    press(page.locator(".find"), "关闭")

    mine = page.locator(".bookings li", has_text="YY-1")
    mine.get_by_role("button", name=re.compile("^改期")).click()
    mine.get_by_label("改到").select_option(f"{first} 14:00")
    press(mine.locator(".confirm .confirm"), "改期")
    expect(page.locator(".done")).to_contain_text(f"已改到 {first} 14:00")
    expect(mine).to_contain_text("14:00–15:00")
    press(page.locator(".done"), "撤销")
    expect(mine).to_contain_text("10:00–11:00")

    mine.get_by_role("button", name=re.compile("^取消预约")).click()
    expect(mine.locator(".confirm")).to_contain_text("不能撤销")
    mine.get_by_label("原因").fill("本人来电")
    page.keyboard.press("Enter")
    expect(mine).to_contain_text("已取消")
    expect(row).to_have_text("10:00–11:0021" + "1001")


def test_the_day_is_opened_and_closed_over_what_is_open(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    page = watch().enter(hall.address, token)
    page.locator(".not-open button").click()
    detail = page.locator(".detail")
    press(detail, "开始办公…")
    expect(detail.locator(".confirm")).to_contain_text("一天只能开始一次")
    press(detail.locator(".confirm"), "开始办公")
    expect(page.locator(".day")).to_contain_text("办公中")
    expect(page.locator(".not-open")).to_have_count(0)
    hall.do(type="issue_ticket", service="s1")

    page.locator(".top .day").click()
    press(detail, "结束办公…")
    expect(detail.locator(".confirm")).to_contain_text("现在还有 1 人等候")
    press(detail.locator(".confirm"), "结束办公")
    expect(detail.locator(".confirm .wrong")).to_contain_text("还有 1 张号票未办结")
    press(detail.locator(".confirm"), "仍要结束，号票作废")
    expect(page.locator(".day")).to_have_text("未办公")
    expect(detail.locator(".done")).to_contain_text("已结束办公")
    press(detail, "开始办公…")
    press(detail.locator(".confirm"), "开始办公")
    expect(detail.locator("[role=alert]")).to_contain_text("不晚于上一办公日")


def test_a_bar_is_lifted_with_a_reason(hall: LiveHall, token: str, watch: Watch) -> None:
    settings = {
        "name": {"zh": "大厅", "en": "Hall"},
        "booking": {"first_day": 0, "missed_bar": 1, "change_until_minutes": 0},
    }
    hall.do(token, type="define_hall", settings=settings)
    first = plan(hall, token)
    hall.do(
        type="book_appointment", serial="YY-1", service="s1", day=(after := later(first, 1)),
        start="10:00", holder=PERSON,
    )  # fmt: skip
    hall.do(token, type="open_day", day=after)
    hall.do(token, type="close_day")
    page = watch().enter(hall.address, token)
    go(page, "appointments")
    absences = page.locator(".absences")
    expect(absences).to_contain_text(f"暂停预约至 {later(after, 30)}")
    absences.get_by_role("button", name="解除 张*").click()
    press(absences.locator(".confirm"), "解除")
    expect(absences.locator("[role=alert]")).to_contain_text("请写明原因")
    absences.get_by_label("原因").fill("当日确有急诊")
    page.keyboard.press("Enter")
    expect(absences).to_contain_text("没有人爽约")
    go(page, "changes")
    expect(page.locator(".changes li").first).to_contain_text("当日确有急诊")


def later(day: str, days: int) -> str:
    seconds = time.mktime(time.strptime(day, "%Y-%m-%d")) + (days + 0.5) * 86400
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def test_waiting_times_are_told_against_what_happened(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    a_day(hall, token, 5)
    hall.kill()
    # What the estimator would have told: 0 to 9 s, and to the last served none that holds.
    with sqlite3.connect(hall.folder / "data" / "hall.db") as db:
        rows = db.execute("SELECT id, service, issued_at FROM tickets ORDER BY issued_at")
        db.execute("DELETE FROM shown_waits")
        db.executemany(
            "INSERT INTO shown_waits VALUES (?, ?, ?, ?, ?, ?, 'learned', 5, 8, 9)",
            [
                (key, DAY, service, at, 1200 if place == 3 else 0, 1800 if place == 3 else 900)
                for place, (key, service, at) in enumerate(rows.fetchall())
            ],
        )
    hall.start()
    page = watch().enter(hall.address, token)
    go(page, "waits")
    shown = page.locator(".waits-page")
    expect(shown.locator(".plain-words")).to_contain_text("告知 4 位市民")
    expect(shown.locator(".plain-words")).to_contain_text("每 10 人约有 8 人落在范围内")
    expect(shown.locator(".tile").first).to_contain_text("75%")
    expect(shown.locator(".errors li")).to_have_count(3)
    expect(shown.locator("tbody tr")).to_have_count(1)
    expect(shown.locator("canvas")).to_be_visible()


def test_old_data_is_grey_and_nothing_can_be_changed_meanwhile(
    hall: LiveHall, token: str, watch: Watch
) -> None:
    page = watch().enter(hall.address, token)
    go(page, f"calendar/{DAY}")
    expect(page.locator(".month")).to_be_visible()
    hall.kill()
    expect(page.locator(".live.stale .month")).to_be_visible(timeout=20 * SECOND)
    expect(page.get_by_role("button", name="改动这一天")).to_be_disabled()
    hall.start()
    expect(page.locator(".live.stale")).to_have_count(0, timeout=30 * SECOND)
    expect(page.get_by_role("button", name="改动这一天")).to_be_enabled()


def test_a_phone_and_english_have_all_of_it(hall: LiveHall, token: str, watch: Watch) -> None:
    first = plan(hall, token)
    hall.do(
        type="book_appointment", serial="YY-1", service="s1", day=first, start="10:00",
        holder=PERSON,
    )  # fmt: skip
    a_day(hall, token)
    watched = watch(PHONE)
    page = watched.enter(hall.address, token)
    press(page, "English")
    places = ("rules", "rules/p4", "rules/new", f"calendar/{first}", f"appointments/{first}")
    names = {"中文", "张*", "值班长", "自动测试"}
    for where in (*places, "waits", "changes"):
        go(page, where)
        expect(page.locator(".office h2").first).to_be_visible()
        page.wait_for_timeout(300)
        assert watched.too_wide() == 0, where
        left = {
            line.strip()
            for line in page.locator("#app").inner_text().splitlines()
            if re.search("[\u4e00-\u9fff]", line)
        }
        assert {one for one in left if not any(name in one for name in names)} == set(), where
