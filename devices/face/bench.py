"""What one look at a face costs on one core, for `hall bench devices`."""

import time
from collections.abc import Callable
from statistics import median

import msgspec


class FaceFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds of CPU, medians."""

    rounds: int
    find_ms: float
    """YuNet on a frame of 640×480."""
    compare_ms: float
    """SFace on one face, with its cosine."""


def looks(rounds: int = 15) -> FaceFigures:
    """Needs the models; DeviceError `face.models` without. What a frame shows changes little."""
    import cv2
    import numpy as np

    from devices.face.engine import Crop, load_engine, similarity

    engine = load_engine("")
    noise = np.random.default_rng(1)
    frame = noise.integers(0, 256, (480, 640, 3), np.uint8)
    crop = Crop(noise.integers(0, 256, (112, 112, 3), np.uint8), 120.0, 500.0)
    card = engine.template(crop)
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        find = _milliseconds(lambda: engine.faces(frame), rounds)
        compare = _milliseconds(lambda: similarity(card, engine.template(crop)), rounds)
    finally:
        cv2.setNumThreads(threads)
    return FaceFigures(rounds=rounds, find_ms=find, compare_ms=compare)


def _milliseconds(work: Callable[[], object], rounds: int) -> float:
    took = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        took.append((time.process_time() - began) * 1000)
    return round(median(took), 1)
