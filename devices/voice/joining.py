"""Clips to one run of samples: sample-accurate, no gap but those asked for, never clipped."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from devices.voice.pcm import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.int16]

CROSSFADE: Final = SAMPLE_RATE * 4 // 1000
"""Samples over which one clip goes into the next."""


class Pause(msgspec.Struct, frozen=True):
    """Silence asked for, between sentences."""

    seconds: float


Part = str | Pause
"""A clip's name, or a pause."""


def join(clips: Mapping[str, "Samples"], parts: Sequence[Part]) -> "Samples":
    """One run of samples. Neighbouring clips overlap by CROSSFADE; both are faded linearly there,
    so their sum stays within the louder one. KeyError for a clip that is not there."""
    import numpy as np

    runs: list[list[Samples]] = []
    is_open = False
    for part in parts:
        if isinstance(part, Pause):
            runs.append([np.zeros(round(part.seconds * SAMPLE_RATE), np.int16)])
            is_open = False
        elif is_open:
            runs[-1].append(clips[part])
        else:
            runs.append([clips[part]])
            is_open = True
    return np.concatenate([_run(run) for run in runs]) if runs else np.zeros(0, np.int16)


def at_volume(samples: "Samples", volume: int) -> bytes:
    """16-bit little-endian bytes; 100 is the pack's own level, each halving of `volume` 12 dB less,
    which is about half as loud to the ear."""
    gain = (volume / 100) ** 2
    return (samples * gain).astype("<i2").tobytes()


def _run(clips: "Sequence[Samples]") -> "Samples":
    import numpy as np

    overlaps = [min(CROSSFADE, len(left) // 2, len(right) // 2) for left, right in pairwise(clips)]
    out = np.zeros(sum(map(len, clips)) - sum(overlaps), np.float32)
    at = 0
    for index, clip in enumerate(clips):
        faded = clip.astype(np.float32)
        before = overlaps[index - 1] if index else 0
        after = overlaps[index] if index < len(overlaps) else 0
        if before:
            faded[:before] *= np.linspace(0.0, 1.0, before, dtype=np.float32)
        if after:
            faded[-after:] *= np.linspace(1.0, 0.0, after, dtype=np.float32)
        out[at : at + len(clip)] += faded
        at += len(clip) - after
    return out.astype(np.int16)
