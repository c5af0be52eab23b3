"""Where the demo's windows stand, and the pictures of them."""

import asyncio
import contextlib
import os
import shutil
import signal
from pathlib import Path

from simulation.processes import Program

ARRANGED = {
    "kiosk": "506x900+0+40",
    "board": "700x394+516+40",
    "pad-1": "340x544+698+490",
    "screen-1": "340x191+1226+40",
    "screen-2": "340x191+1576+40",
    "caller-1": "340x780+1226+280",
}
"""Windows on a display of 1920 by 1080, small but whole, none over another: the kiosk at the left,
the board in the middle, each counter's screen and caller in a column at the right. Above each is
room for the bar that a desktop gives it. A larger display leaves a margin."""

UNSEEN = {"caller-1": "400x960"}
"""Sizes where there is no display: the caller would fit itself to a screen that is 800 high."""

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Chromium that asks nobody outside for anything."""


def has_display() -> bool:
    """Whether windows can be shown."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


async def take_pictures(windows: dict[str, Program], folder: Path, within: float = 20) -> list[str]:
    """Ask each window for its picture; the names of those that gave none in time."""
    before = {name: _stamp(folder / f"{name}.png") for name in windows}
    for program in windows.values():
        if program.running:
            os.kill(program.pid, signal.SIGUSR1)
    missing = set(windows)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within):
            while missing:
                missing = {n for n in missing if _stamp(folder / f"{n}.png") == before[n]}
                await asyncio.sleep(0.1)
    return sorted(missing)


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


async def picture_of_page(address: str, token: str, path: Path) -> str:
    """A picture of the managers' page in Debian's Chromium; why not, where there is none."""
    try:
        from playwright.async_api import Error, async_playwright
    except ImportError:
        return "playwright 未安装 is not installed"
    chromium = shutil.which("chromium")
    if chromium is None:
        return "没有 chromium is not installed"
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=CHROMIUM)
            page = await browser.new_page(viewport={"width": 1440, "height": 900})
            await page.goto(f"{address}/manager/")
            await page.locator("#token").fill(token)
            await page.keyboard.press("Enter")
            await page.wait_for_selector(".counters .card", timeout=15000)
            await page.wait_for_timeout(1500)
            await page.screenshot(path=path, full_page=True)
            await browser.close()
    except Error as error:
        return str(error).splitlines()[0]
    return ""
