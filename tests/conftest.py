"""What every tier shares. Must run before anything imports PySide6."""

import os

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Hall machines need no graphics card, and neither do the tests.
os.environ.setdefault("QT_QUICK_BACKEND", "software")
