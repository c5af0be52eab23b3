"""docs/map.md: what it names is there, and nothing a newcomer looks for is left out."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/map.md").read_text("utf-8")
NAMED = {path for path in re.findall(r"`([\w./]+)`", TEXT) if "/" in path}
LINKED = set(re.findall(r"\]\(([\w./]+)\)", TEXT))


def test_every_path_named_exists() -> None:
    gone = sorted(path for path in NAMED if not (ROOT / path).exists())
    gone += sorted(path for path in LINKED if not (ROOT / "docs" / path).exists())
    assert not gone
    assert len(NAMED) > 60


def test_every_rule_that_decides_or_changes_is_on_the_map() -> None:
    decide = (ROOT / "queue_server/domain/decide.py").read_text("utf-8")
    modules = set(re.findall(r"^from \.(\w+) import", decide, re.MULTILINE))
    wanted = {f"queue_server/domain/{name}.py" for name in modules - {"context"}}
    assert len(wanted) > 10
    assert wanted <= NAMED


def test_every_package_is_on_the_map() -> None:
    packages = {
        path.parent.relative_to(ROOT).as_posix()
        for top in ("queue_server", "simulation", "ui")
        for path in (ROOT / top).glob("*/__init__.py")
    }
    assert len(packages) > 10
    left_out = {one for one in packages if not any(path.startswith(one) for path in NAMED)}
    assert left_out <= {"simulation/backend", "ui/i18n", "ui/pictures"}
