"""The voice and its loudspeaker: unplugged, killed, busy, hanging; nothing is cut off or half said.

A loudspeaker is a program, not a line of bytes, so the contract of all kinds is written out here
for `exec:PROGRAM`: well once, gone once, back once, a hang ended with a code, a quick stop.
"""

import json
import os
import queue
import shutil
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from devices.command_line import main
from devices.errors import DeviceError
from devices.health import State
from devices.registry import AnyDriver, Registry
from devices.voice.announcer import Announcer, Spoken
from devices.voice.bench import measure
from devices.voice.options import Languages, VoiceOptions
from devices.voice.output import WavOutput, parse_output
from devices.voice.pack import load_pack
from devices.voice.pcm import read_wav
from devices.voice.player import PlayerOutput
from devices.voice.simulator import LoudspeakerSimulator
from devices.voice.spec import CLIPS, probe
from devices.voice.speech import Voice
from devices.voice.utterance import Call, Fate, Utterance
from tests.integration.device_contract import Healths, stop_in_time

REGISTRY = Registry({"voice.clips": cast("AnyDriver", CLIPS)})
PATIENCE = 30.0


@pytest.fixture
def speaker() -> Iterator[LoudspeakerSimulator]:
    simulator = LoudspeakerSimulator(pace=40)
    simulator.start()
    yield simulator
    simulator.remove()


def options(speaker: LoudspeakerSimulator, **more: object) -> VoiceOptions:
    values = {"port": speaker.port, "languages": Languages.ZH, **more}
    return VoiceOptions(**values)  # type: ignore[arg-type]


class Hall:
    """An announcer and what it told."""

    def __init__(self, announcer: Announcer, healths: Healths, told: "queue.Queue[Spoken]") -> None:
        self.voice = announcer
        self.healths = healths
        self.told = told

    def until(self, count: int) -> list[tuple[str, Fate]]:
        return [
            (one.subject_id, one.fate)
            for one in (self.told.get(timeout=PATIENCE) for _ in range(count))
        ]

    def waits_for(self, *states: State) -> None:
        self.healths.until(lambda said: said == list(states))


@contextmanager
def hall(options: VoiceOptions) -> Iterator[Hall]:
    healths, told = Healths(), queue.Queue[Spoken]()
    announcer = Announcer("voice", options, healths, told.put)
    announcer.start()
    try:
        yield Hall(announcer, healths, told)
    finally:
        stop_in_time(announcer)


def sound_of(options: VoiceOptions, *calls: Call, repeats: int = 2) -> bytes:
    utterance = Utterance(
        utterance_id=1, languages=options.languages, repeats=repeats, volume=100, calls=calls
    )
    return Voice(load_pack(), options).pcm(utterance)


A012 = Call("1", "A012", "3", False, 0.0)


def test_a_call_sounds_whole_and_is_told_with_its_times(speaker: LoudspeakerSimulator) -> None:
    with hall(options(speaker)) as it:
        it.waits_for(State.OK)
        it.voice.called("1", "A012", "3")
        told = it.told.get(timeout=PATIENCE)
        assert (told.subject_id, told.fate) == ("1", Fate.SPOKEN)
        assert told.started_at is not None
        assert told.waited is not None
        assert told.waited >= 0
        assert speaker.wait_for(1) == (sound_of(options(speaker), A012),)
        it.waits_for(State.OK)


def test_calls_come_in_order_and_are_joined_under_load(speaker: LoudspeakerSimulator) -> None:
    with hall(options(speaker, joined=2)) as it:
        for number in range(1, 8):
            it.voice.called(str(number), f"A00{number}", str(number))
        assert it.until(7) == [(str(number), Fate.SPOKEN) for number in range(1, 8)]
        assert 4 <= len(speaker.heard) <= 7


def test_a_killed_player_is_gone_once_and_back_once(speaker: LoudspeakerSimulator) -> None:
    with hall(options(speaker)) as it:
        it.waits_for(State.OK)
        until(lambda: speaker.players == 1)
        speaker.kill()
        it.waits_for(State.OK, State.GONE, State.OK)
        assert it.healths.all[1].code == "voice.player_died"


def test_what_broke_off_is_said_again_from_its_beginning(speaker: LoudspeakerSimulator) -> None:
    with hall(options(speaker)) as it:
        it.waits_for(State.OK)
        speaker.faults["die"]()
        it.voice.called("1", "A012", "3")
        it.healths.until(lambda said: State.GONE in said)
        speaker.faults["none"]()
        assert it.until(1) == [("1", Fate.SPOKEN)]
        whole = sound_of(options(speaker), A012)
        assert speaker.heard == (whole,)
        assert all(whole.startswith(half) for half in speaker.broken_off)
        assert speaker.broken_off
        it.waits_for(State.OK, State.GONE, State.OK)


def test_a_player_that_dies_of_every_announcement_is_gone_once(
    speaker: LoudspeakerSimulator,
) -> None:
    """That it starts again and waits is no proof: it is back once an announcement was heard."""
    with hall(options(speaker)) as it:
        it.waits_for(State.OK)
        speaker.faults["die"]()
        it.voice.called("1", "A012", "3")
        until(lambda: len(speaker.broken_off) >= 3)
        it.waits_for(State.OK, State.GONE)
        speaker.faults["none"]()
        assert it.until(1) == [("1", Fate.SPOKEN)]
        it.waits_for(State.OK, State.GONE, State.OK)


def test_a_player_that_dies_of_every_call_is_not_back_in_between(
    speaker: LoudspeakerSimulator,
) -> None:
    """Silence proves it once; after that nothing less than a call does."""
    with hall(options(speaker, stale_after=1.0)) as it:
        it.waits_for(State.OK)
        for call in "12":
            speaker.faults["die"]()
            it.voice.called(call, "A012", "3")
            assert it.until(1) == [(call, Fate.STALE)]
            speaker.faults["none"]()
            if call == "1":
                it.waits_for(State.OK, State.GONE, State.OK)
        it.voice.called("3", "A013", "3")
        assert it.until(1) == [("3", Fate.SPOKEN)]
        it.waits_for(State.OK, State.GONE, State.OK, State.GONE, State.OK)
        assert [any(sound) for sound in speaker.heard] == [False, True]


def test_the_program_of_a_simulated_loudspeaker_leaves_no_files(tmp_path: Path) -> None:
    code = "from devices.voice.simulator import LoudspeakerSimulator as L; L().start()"
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=env)
    assert list(tmp_path.iterdir()) == []


def test_an_answered_call_that_broke_off_is_not_said_again(speaker: LoudspeakerSimulator) -> None:
    with hall(options(speaker)) as it:
        it.waits_for(State.OK)
        speaker.faults["hang"]()
        it.voice.called("1", "A012", "3")
        until(lambda: bool(speaker.broken_off))
        it.voice.answered("1")
        speaker.faults["none"]()
        speaker.kill()
        assert it.until(1) == [("1", Fate.ANSWERED)]
        it.voice.called("2", "B007", "5")
        assert it.until(1) == [("2", Fate.SPOKEN)]
        sounds = tuple(sound for sound in speaker.heard if any(sound))
        assert sounds == (sound_of(options(speaker), Call("2", "B007", "5", False, 0.0)),)


def test_an_unplug_and_return(speaker: LoudspeakerSimulator) -> None:
    with hall(options(speaker, stale_after=0.5)) as it:
        it.waits_for(State.OK)
        until(lambda: speaker.players == 1)
        speaker.stop()
        it.waits_for(State.OK, State.GONE)
        it.voice.called("1", "A012", "3")
        assert it.until(1) == [("1", Fate.STALE)]
        speaker.start()
        it.waits_for(State.OK, State.GONE, State.OK)
        it.voice.called("2", "B007", "5")
        assert it.until(1) == [("2", Fate.SPOKEN)]


def test_a_busy_sound_card_has_its_own_code(speaker: LoudspeakerSimulator) -> None:
    speaker.faults["busy"]()
    with hall(options(speaker)) as it:
        it.waits_for(State.GONE)
        assert it.healths.all[0].code == "voice.device_busy"
        speaker.faults["none"]()
        it.waits_for(State.GONE, State.OK)


def test_a_player_that_hangs_is_ended(speaker: LoudspeakerSimulator) -> None:
    speaker.faults["hang"]()
    output = PlayerOutput((speaker.port.removeprefix("exec:"),), slack=0.5)
    output.open(time.sleep)
    try:
        with pytest.raises(DeviceError, match=r"voice\.player_stuck"):
            output.play(bytes(48_000), time.sleep, lambda: None)
    finally:
        output.close()
    assert output.pid is None


def test_it_stops_in_seconds_in_the_middle_of_a_call() -> None:
    speaker = LoudspeakerSimulator(pace=1)
    speaker.start()
    try:
        with hall(options(speaker, repeats=3)) as it:
            it.voice.called("1", "A012", "3")
            until(lambda: bool(speaker.broken_off))
        until_gone(speaker)
    finally:
        speaker.remove()


def test_what_cannot_be_spelled_is_told_and_harms_nothing(speaker: LoudspeakerSimulator) -> None:
    with hall(options(speaker)) as it:
        it.voice.called("1", "甲乙", "3")
        it.voice.called("2", "A012", "综合")
        it.voice.called("3", "A012", "3")
        assert sorted(it.until(3)) == [
            ("1", Fate.FAILED),
            ("2", Fate.FAILED),
            ("3", Fate.SPOKEN),
        ]


def test_hundreds_of_announcements_leave_nothing_behind(speaker: LoudspeakerSimulator) -> None:
    """Voice that dies after hours: each announcement ends its process, and no descriptor stays."""
    with hall(options(speaker, repeats=1, joined=1)) as it:
        it.waits_for(State.OK)
        it.voice.called("first", "A000", "1")
        it.until(1)
        before = len(list(Path("/proc/self/fd").iterdir()))
        for number in range(40):
            it.voice.called(str(number), f"A{number:03d}", "1")
        assert [fate for _, fate in it.until(40)] == [Fate.SPOKEN] * 40
        until(lambda: speaker.players <= 1)
        until(lambda: len(list(Path("/proc/self/fd").iterdir())) <= before + 2)
        it.waits_for(State.OK)


def test_a_wav_file_and_a_folder_keep_what_would_be_heard(tmp_path: Path) -> None:
    sounds = [bytes([1, 0]) * 2400, bytes([2, 0]) * 1200]
    for target, files in (("all.wav", ["all.wav"]), ("each", ["000001.wav", "000002.wav"])):
        path = tmp_path / target
        output = WavOutput(path, paced=False)
        output.open(time.sleep)
        for sound in sounds:
            output.play(sound, time.sleep, lambda: None)
        output.close()
        made = [path] if path.is_file() else sorted(path.iterdir())
        assert [file.name for file in made] == files
        assert b"".join(read_wav(file) for file in made) == b"".join(sounds)


@pytest.mark.parametrize("port", ["", "alsa:", "exec:player", "wav:", "null:x", "serial:/dev/tty"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(DeviceError, match=r"port\.invalid"):
        parse_output(port)


def test_a_missing_sound_card_or_player_is_named() -> None:
    with pytest.raises(DeviceError, match=r"voice\.player_missing"):
        probe(VoiceOptions(port="exec:/nonexistent/player"))
    if shutil.which("aplay"):
        output = parse_output("alsa:hw:77")
        with pytest.raises(DeviceError, match=r"voice\.device_missing"):
            until(lambda: not output.open(time.sleep).facts)


def test_the_bench_writes_a_true_wav(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "call.wav"
    words = ["test", "voice", "--ticket", "A012", "--counter", "3", "--wav", str(file), "--json"]
    assert main([*words, "--lang", "zh", "--recall"], REGISTRY) == 0
    told = json.loads(capsys.readouterr().out)
    zh = "重复呼叫，请A零一二号，到三号窗口办理"
    assert told["said"] == f"♪ {zh}。{zh}"
    assert told["clips"][:4] == ["chime", "zh_again", "zh_please", "zh_A"]
    with wave.open(str(file)) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (24000, 1, 2)
        assert wav.getnframes() / 24000 == pytest.approx(told["seconds"], abs=0.001)


def test_a_call_starts_within_200_milliseconds() -> None:
    result = measure(5)
    assert result.rounds == 5
    assert result.median > 0
    assert result.holds == (result.most <= 200)


def test_a_simulated_loudspeaker_ends_with_its_program(tmp_path: Path) -> None:
    program = tmp_path / "player"
    command = [sys.executable, "-m", "devices", "simulate", "voice", "--port", f"exec:{program}"]
    with subprocess.Popen(
        [*command, "--until-eof"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == f"port exec:{program}\n"
        assert program.exists()
        child.communicate("", PATIENCE)
    assert not program.exists()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def until_gone(speaker: LoudspeakerSimulator) -> None:
    """A player that was killed leaves its mark; what counts is that no such process lives."""
    marks = [int(path.name) for path in (speaker._folder / "pids").iterdir()]
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in marks))
