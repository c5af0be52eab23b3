"""A file that cannot be written is refused before anything is measured."""

import argparse
from pathlib import Path

import pytest

from simulation.bench.output import new_file


def test_its_folder_is_made_and_nothing_in_it(tmp_path: Path) -> None:
    file = new_file(str(tmp_path / "new" / "figures.json"))
    assert file.parent.is_dir()
    assert not file.exists()


@pytest.mark.parametrize("name", [".", "a-file/figures.json"])
def test_what_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").write_text("")
    with pytest.raises(argparse.ArgumentTypeError):
        new_file(str(tmp_path / name))
