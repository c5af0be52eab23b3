"""Debian's Chromium under Playwright, and what a page complained of."""

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = (1440, 900)
PHONE = (390, 844)


def launch(playwright: Playwright) -> Browser:
    """A browser that asks nobody outside anything."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


class Watched:
    """A page of its own context, its complaints, and every address it asked for."""

    def __init__(self, browser: Browser, size: tuple[int, int] = DESKTOP) -> None:
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.addresses: list[str] = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.addresses.append(request.url))
        self.page.on("websocket", lambda line: self.addresses.append(line.url))

    def _said(self, message: ConsoleMessage) -> None:
        # The browser itself reports a server that is away; that is no fault of the page.
        away = "ERR_CONNECTION_REFUSED" in message.text or "WebSocket connection to" in message.text
        if message.type in {"error", "warning"} and not away:
            self.complaints.append(message.text)

    def enter(self, address: str, token: str) -> Page:
        """Open the managers' page and give it a token."""
        self.page.goto(f"{address}/manager/")
        self.page.fill("#token", token)
        self.page.click("button.main")
        return self.page

    def too_wide(self) -> int:
        """Pixels by which the page is wider than its window."""
        found = self.page.evaluate(
            "Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"
        )
        return int(found)
