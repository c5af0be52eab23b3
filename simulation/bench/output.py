"""Where figures are written: known to be possible before minutes are spent on them."""

import argparse
import os
from pathlib import Path


def new_file(text: str) -> Path:
    """An argument's file, in a folder that is made where it is not there yet."""
    file = Path(text)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{text}: {error.strerror}") from error
    if file.is_dir() or not os.access(file.parent, os.W_OK):
        raise argparse.ArgumentTypeError(f"{text}: 无法写入 · cannot be written")
    return file
