"""The browser's minutes are the hall's: the same range is never told in two ways."""

import itertools
from pathlib import Path

from playwright.sync_api import Route, sync_playwright

from queue_server.protocol.minutes import minutes_of
from tests.e2e.browser import launch

SCRIPT = Path(__file__).parents[2] / "ui" / "web" / "manager" / "minutes.js"
ENDS = (*range(0, 400, 7), *range(1680, 2220), *range(2220, 20_000, 311), 0, 59, 60, 61, 3600)
WIDTHS = (0, 1, 59, 60, 61, 299, 300, 301, 1500, 1800, 3000)


def served(route: Route) -> None:
    if route.request.url.endswith("minutes.js"):
        route.fulfill(body=SCRIPT.read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body="<title>minutes</title>", content_type="text/html")


def test_a_browser_s_minutes_are_those_of_the_hall() -> None:
    spans = [(low, low + width) for low, width in itertools.product(ENDS, WIDTHS)]
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.route("http://hall.test/**", served)
        page.goto("http://hall.test/")
        found, words = page.evaluate(
            """async (spans) => {
                const { minutesOf, minutes } = await import("http://hall.test/minutes.js");
                const rows = [[10, 250], [725, 1170], [720, 720], [null, null]];
                const shown = rows.map(([wait_low_s, wait_high_s]) =>
                    minutes({ wait_low_s, wait_high_s }));
                return [spans.map(([low, high]) => minutesOf(low, high)), shown];
            }""",
            spans,
        )
        browser.close()
    assert [tuple(one) for one in found] == [tuple(minutes_of(*span)) for span in spans]
    assert words == ["≤ 5′", "12–20′", "12′", ""]
