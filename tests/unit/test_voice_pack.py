"""The shipped clips as they sound: whole, audible, level, distinct; joined without gaps."""

from itertools import combinations, pairwise
from string import ascii_uppercase

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from devices.errors import DeviceError
from devices.voice.clips import CHIME, CLIPS
from devices.voice.joining import CROSSFADE, Pause, at_volume, join
from devices.voice.options import Languages, VoiceOptions
from devices.voice.pack import SHIPPED, load_pack
from devices.voice.pcm import SAMPLE_RATE, read_wav, seconds_of
from devices.voice.speech import Voice, speech_parts
from devices.voice.utterance import Call, Utterance
from tests.effort import examples

PACK = load_pack()
STEP = SAMPLE_RATE // 100  # 10 ms
SPOKEN = sorted(CLIPS.keys() - {CHIME})
NAMES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=6)


def levels(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    """Decibels of full scale of each 10 ms."""
    frames = samples[: len(samples) // STEP * STEP].reshape(-1, STEP) / 32768
    return np.asarray(20 * np.log10(np.sqrt((frames.astype(np.float64) ** 2).mean(axis=1)) + 1e-6))


def test_every_clip_is_there_and_no_other() -> None:
    assert PACK.clips.keys() == CLIPS.keys()
    assert {path.stem for path in SHIPPED.glob("*.wav")} == CLIPS.keys()


@pytest.mark.parametrize("name", SPOKEN)
def test_a_clip_is_heard(name: str) -> None:
    """It sounds for 150 ms at the least, at the level of all, unclipped, and ends in silence."""
    samples = PACK.clips[name]
    level = levels(samples)
    loud = level[level > level.max() - 25]
    assert len(loud) * 10 >= 150, "too short"
    assert len(samples) / SAMPLE_RATE < 1.6
    active = 10 * np.log10((10 ** (loud / 10)).mean())
    assert -24 < active < -17, "not at the common level"
    assert np.abs(samples.astype(int)).max() < 30_000, "near clipping"
    assert np.abs(samples[:24].astype(int)).max() < 300, "begins with a click"
    assert np.abs(samples[-24:].astype(int)).max() < 1500, "ends with a click"
    assert level[:8].max() > level.max() - 45, "begins with silence"
    assert level[-5:].max() > level.max() - 45, "ends with silence"


def spectrum(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    """What it sounds like: energy in 24 bands, ten moments of its length, level taken out."""
    size = SAMPLE_RATE // 40
    window = np.hanning(size)
    edges = np.geomspace(100, 10_000, 25) / SAMPLE_RATE * size
    moments = np.linspace(0, len(samples) - size, 10).astype(int)
    rows = []
    for at in moments:
        power = np.abs(np.fft.rfft(samples[at : at + size] * window)) ** 2
        bands = [power[int(a) : max(int(a) + 1, int(b))].mean() for a, b in pairwise(edges)]
        rows.append(10 * np.log10(np.array(bands) + 1e3))
    found = np.array(rows)
    return np.asarray(found - found.mean())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_characters_sound_the_same(language: str) -> None:
    """Root mean square of the spectral difference, in decibels: far above a repetition's 0."""
    sounds = {
        name: spectrum(PACK.clips[f"{language}_{name}"])
        for name in (*ascii_uppercase, *"0123456789")
    }
    nearest = min(
        (float(np.sqrt(((sounds[a] - sounds[b]) ** 2).mean())), a + b)
        for a, b in combinations(sounds, 2)
    )
    assert nearest[0] > 2.5, nearest


def call(ticket: str, counter: str, volume: int = 100, repeats: int = 2) -> Utterance:
    return Utterance(
        utterance_id=1,
        languages=Languages.ZH_EN,
        repeats=repeats,
        volume=volume,
        calls=(Call("1", ticket, counter, False, 0.0),),
    )


@settings(max_examples=examples(60), deadline=None)
@given(ticket=NAMES, counter=st.integers(1, 200))
def test_a_call_is_the_exact_sum_of_its_clips(ticket: str, counter: int) -> None:
    """Sample-accurate: the length is that of clips and pauses less the crossfades."""
    parts = speech_parts(call(ticket, str(counter)))
    length = joints = 0
    for before, part in zip((None, *parts), parts, strict=False):
        if isinstance(part, Pause):
            length += round(part.seconds * SAMPLE_RATE)
        else:
            length += len(PACK.clips[part])
            joints += before is not None and not isinstance(before, Pause)
    joined = join(PACK.clips, parts)
    assert len(joined) == length - joints * CROSSFADE


@settings(max_examples=examples(60), deadline=None)
@given(ticket=NAMES, counter=st.integers(1, 200))
def test_within_a_sentence_there_is_no_gap(ticket: str, counter: int) -> None:
    """The longest silence but for the pauses asked for is a stop's own closure."""
    parts = [part for part in speech_parts(call(ticket, str(counter)))[2:] if isinstance(part, str)]
    silent = levels(join(PACK.clips, parts)) < -50
    longest = max(
        (len(run) for run in "".join("x" if one else " " for one in silent).split()), default=0
    )
    assert longest * 10 <= 120


@settings(max_examples=examples(40), deadline=None)
@given(ticket=NAMES, counter=st.integers(1, 200), volume=st.integers(1, 100))
def test_no_volume_clips(ticket: str, counter: int, volume: int) -> None:
    pcm = Voice(PACK, VoiceOptions()).pcm(call(ticket, str(counter), volume))
    samples = np.frombuffer(pcm, "<i2").astype(int)
    full = np.frombuffer(Voice(PACK, VoiceOptions()).pcm(call(ticket, str(counter))), "<i2")
    assert np.abs(samples).max() <= 32_000
    assert np.abs(samples - full.astype(int) * (volume / 100) ** 2).max() <= 1


@given(
    st.lists(st.lists(st.integers(-32768, 32767), min_size=1, max_size=400), min_size=1, max_size=5)
)
def test_a_join_never_exceeds_its_clips(runs: list[list[int]]) -> None:
    clips = {str(index): np.array(run, np.int16) for index, run in enumerate(runs)}
    joined = join(clips, list(clips)).astype(int)
    assert np.abs(joined).max() <= max(abs(sample) for run in runs for sample in run)


def test_volume_is_in_decibels_of_a_square() -> None:
    samples = np.array([10_000, -10_000], np.int16)
    assert np.frombuffer(at_volume(samples, 50), "<i2").tolist() == [2500, -2500]
    assert seconds_of(at_volume(samples, 50)) == 2 / SAMPLE_RATE


def test_a_changed_clip_is_noticed(tmp_path: object) -> None:
    import shutil
    from pathlib import Path

    folder = Path(str(tmp_path)) / "pack"
    shutil.copytree(SHIPPED, folder)
    load_pack(str(folder))
    clip = folder / "zh_7.wav"
    sound = bytearray(clip.read_bytes())
    sound[1000] ^= 1
    clip.write_bytes(sound)
    with pytest.raises(DeviceError, match=r"zh_7\.wav"):
        load_pack(str(folder))
    clip.unlink()
    with pytest.raises(DeviceError, match=r"voice\.pack"):
        load_pack(str(folder))


def test_only_the_pack_s_own_format_is_read() -> None:
    assert len(read_wav(SHIPPED / "chime.wav")) == len(PACK.clips[CHIME]) * 2
    with pytest.raises(ValueError, match="manifest"):
        read_wav(SHIPPED / "manifest.json")
