"""The clip pack in memory: every clip's samples, checked against the pack's list."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from devices.errors import DeviceError
from devices.voice.clips import CLIPS
from devices.voice.pcm import read_wav

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.int16]

SHIPPED: Final = Path(__file__).parent / "pack"
MANIFEST: Final = "manifest.json"


class ClipEntry(msgspec.Struct, frozen=True):
    """One file of a pack: NAME.wav, its checksum and what it says."""

    name: str
    says: str
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """manifest.json: where the pack is from, under which licence, and its files."""

    licence: str
    source: str
    voices: tuple[str, ...]
    clips: tuple[ClipEntry, ...]


class Pack(msgspec.Struct, frozen=True):
    """Samples by clip name."""

    clips: Mapping[str, "Samples"]


def load_pack(folder: str = "") -> Pack:
    """Read a pack whole; empty: the shipped one. DeviceError `voice.pack` where it is not whole."""
    import numpy as np

    path = Path(folder) if folder else SHIPPED
    try:
        manifest = msgspec.json.decode((path / MANIFEST).read_bytes(), type=Manifest)
        clips: dict[str, Samples] = {}
        for entry in manifest.clips:
            file = path / f"{entry.name}.wav"
            if hashlib.sha256(file.read_bytes()).hexdigest() != entry.sha256:
                raise DeviceError("voice.pack", f"{file.name} is not the listed one")
            clips[entry.name] = np.frombuffer(read_wav(file), dtype="<i2")
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise DeviceError("voice.pack", f"{path}: {error}") from error
    lacking = sorted(CLIPS.keys() - clips.keys())
    if lacking:
        raise DeviceError("voice.pack", f"{path} lacks {', '.join(lacking)}")
    return Pack(clips)
