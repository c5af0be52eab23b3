"""The pictures of docs/rules.md are what the rules do today."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_pictures_of_the_rules_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "packaging" / "rules-pictures"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
