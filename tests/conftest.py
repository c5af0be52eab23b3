"""What every tier shares. Must run before anything imports PySide6."""

import os
import signal

import pytest

from tests.effort import at_a_time, register

register()

# A run started in the background of a script ignores Ctrl-C, and so would every program it starts:
# tests that interrupt programs need the usual state.
signal.signal(signal.SIGINT, signal.default_int_handler)

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Hall machines need no graphics card, and neither do the tests.
os.environ.setdefault("QT_QUICK_BACKEND", "software")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """How many `./hall test` runs at a time; the plugin's own variable overrules it."""
    return None if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS") else at_a_time()
