"""Options: defaults, a file, arguments above it, and all mistakes at once."""

from pathlib import Path

import pytest

from ui.board.app import BoardOptions
from ui.options import Mistakes, Options, read
from ui.pad.app import PadOptions


def test_arguments_stand_above_the_file_and_the_file_above_defaults(tmp_path: Path) -> None:
    file = tmp_path / "board.toml"
    file.write_text('server = "ws://hall:9000"\nlanguage = "en"\ntoken = "t"\nfullscreen = true\n')
    found = read(BoardOptions, "board", ["--config", str(file), "--language", "zh"], {})
    assert found.server == "ws://hall:9000"
    assert found.language == "zh"
    assert found.fullscreen is True
    assert found.geometry == ""


def test_the_token_comes_from_option_then_file_then_environment(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("from-file\n")
    environment = {"HALL_TOKEN": "from-environment"}
    assert read(Options, "x", [], environment).token == "from-environment"
    arguments = ["--token-file", str(file)]
    assert read(Options, "x", arguments, environment).token == "from-file"
    assert read(Options, "x", [*arguments, "--token", "given"], environment).token == "given"


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    file = tmp_path / "pad.toml"
    file.write_text('seconds = 3\ncolour = "red"\nfullscreen = "perhaps"\n')
    arguments = ["--config", str(file), "--server", "http://x", "--geometry", "big", "--wrong", "1"]
    with pytest.raises(Mistakes) as raised:
        read(PadOptions, "pad", [*arguments, "--language", "fr", "--after", "soon"], {})
    named = {line.partition(":")[0] for line in raised.value.lines}
    assert named >= {
        "seconds",
        "colour",
        "fullscreen",
        "server",
        "geometry",
        "--wrong",
        "language",
        "after",
        "token",
    }


def test_an_unreadable_file_is_one_mistake_and_a_missing_token_file_another(
    tmp_path: Path,
) -> None:
    missing = str(tmp_path / "none")
    with pytest.raises(Mistakes) as raised:
        read(Options, "x", ["--config", missing, "--token-file", missing], {})
    assert [line.partition(":")[0] for line in raised.value.lines].count("config") == 1
    assert any(line.startswith("token_file") for line in raised.value.lines)


@pytest.mark.parametrize("geometry", ["800x600", "1920x1080+0+0", "400x900+-10+20"])
def test_geometries(geometry: str) -> None:
    assert read(Options, "x", ["--token", "t", "--geometry", geometry], {}).geometry == geometry
