"""Free text before an engine reads it: digits and letters spelled, none lost; engines failing."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.errors import DeviceError
from devices.voice import text_engine
from devices.voice.install import WHEELS, _check
from devices.voice.notices import NoticeDesk
from devices.voice.options import VoiceOptions
from devices.voice.pcm import SAMPLE_RATE
from devices.voice.text_engine import TextEngine
from devices.voice.text_plan import LETTER_PINYIN, english, mandarin, pinyin
from devices.voice.utterance import Notice

SPOKEN = str.maketrans("零一二三四五六七八九", "0123456789")
DIGITS = st.text("0123456789", min_size=1, max_size=12)


@given(text=st.text("ABCXYZ窗口请到0123456789", min_size=1, max_size=40))
def test_no_digit_or_letter_of_a_notice_is_lost(text: str) -> None:
    assert mandarin(text).translate(SPOKEN) == text


@settings(deadline=None)  # the first has the dictionary of pinyin loaded
@given(text=st.text("ABCXYZ窗口请到0123456789", min_size=1, max_size=40))
def test_every_letter_and_digit_has_its_syllables(text: str) -> None:
    said = f" {pinyin(text)} "
    for letter, syllables in LETTER_PINYIN.items():
        assert said.count(f" {syllables} ") >= (letter in text)
    assert not any(char.isupper() for char in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8:00开门", "八点整开门"),
        ("13：05截止", "十三点零五分截止"),
        ("23:59", "二十三点五十九分"),
        ("请008号", "请零零八号"),
        ("电话12345", "电话一二三四五"),
        ("25:70", "二五:七零"),
    ],
)
def test_times_are_times_and_numbers_are_digits(text: str, said: str) -> None:
    assert mandarin(text) == said


def test_english_numbers_are_spelled_and_times_left() -> None:
    assert english("Ticket A012 at 13:05, window 3") == "Ticket A 0 1 2 at 13:05, window 3"


@pytest.mark.parametrize("text", ["", "  ", "字" * 501, "a\x00b", "\ud800"])
def test_what_is_no_text_is_refused(text: str) -> None:
    for plan in (mandarin, english):
        with pytest.raises(DeviceError, match=r"voice\.text"):
            plan(text)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_espeak_says_every_digit() -> None:
    """Twice the digits take about twice the time: none is dropped."""
    engine = TextEngine(VoiceOptions(kokoro="/nonexistent"))
    assert engine.name == "espeak-ng"
    short, long = (len(engine.pcm(f"请{digits}", "")) for digits in ("0123", "01230123"))
    assert 1.5 < long / short < 2.2
    both = np.frombuffer(engine.pcm("请到三号窗口", "Please go to counter 3"), "<i2")
    assert 2 * SAMPLE_RATE < len(both) < 8 * SAMPLE_RATE
    assert 3000 < np.abs(both.astype(int)).max() <= 32_000


def test_an_engine_that_is_missing_fails_or_hangs_has_a_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = TextEngine(VoiceOptions(kokoro=str(tmp_path), text_timeout=0.5))
    program = tmp_path / "engine"
    monkeypatch.setattr(text_engine, "ESPEAK_ZH", (str(program),))
    with pytest.raises(DeviceError, match=r"voice\.no_engine"):
        engine.pcm("通知", "")
    for script, code in (
        ("exit 3", "voice.engine_failed"),
        ("echo no sound", "voice.engine_failed"),
        ("exec sleep 600", "voice.engine_timeout"),
    ):
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        with pytest.raises(DeviceError) as error:
            engine.pcm("通知", "")
        assert error.value.code == code


class SlowEngine:
    """Speaks `ok`, refuses all else."""

    def pcm(self, zh: str, en: str) -> bytes:
        if zh != "ok":
            raise DeviceError("voice.engine_failed", zh)
        return b"\1\0"

    def stop(self) -> None:
        return


def test_each_notice_ends_as_ready_or_failed() -> None:
    ended: dict[str, object] = {}
    desk = NoticeDesk(
        SlowEngine(),
        lambda notice: ended.__setitem__(notice.notice_id, notice.pcm),
        lambda notice, error: ended.__setitem__(notice.notice_id, error.code),
    )
    for number in range(22):
        desk.ask(Notice(str(number), "ok" if number % 2 else "bad", "", 0.0))
    assert ended == {"0": "voice.crowded", "1": "voice.crowded"}
    desk.start()
    end = time.monotonic() + 30
    while len(ended) < 22 and time.monotonic() < end:
        time.sleep(0.01)
    desk.stop()
    assert ended["3"] == b"\1\0"
    assert ended["4"] == "voice.engine_failed"
    assert len(ended) == 22


def test_what_is_installed_is_pinned_and_checked() -> None:
    assert all("==" in name and len(digest) == 64 for name, digest in WHEELS.items())
    with pytest.raises(DeviceError, match="sha256"):
        _check("model", b"another", "0" * 64)


def test_kokoro_s_child_needs_nothing_of_the_hall() -> None:
    code = "import ast, sys; print(*(n.module or '' for n in ast.walk(ast.parse(open(sys.argv[1])"
    code += ".read())) if isinstance(n, ast.ImportFrom)))"
    listed = subprocess.run(
        [sys.executable, "-c", code, str(text_engine.CHILD)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not any(name.startswith("devices") for name in listed.stdout.split())
