"""The voice as configuration, bench and doctor see it."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from devices.driver import Driver
from devices.health import Diagnosis
from devices.voice.options import Languages, VoiceOptions
from devices.voice.output import parse_output, write_wav
from devices.voice.pack import load_pack
from devices.voice.pcm import seconds_of
from devices.voice.simulator import LoudspeakerSimulator
from devices.voice.speech import Voice, clip_names, said_text, speech_parts
from devices.voice.text_engine import TextEngine
from devices.voice.utterance import Call, Notice, Utterance

_LANGUAGES: Final = {"zh": Languages.ZH, "en": Languages.EN, "both": Languages.ZH_EN}


def probe(options: VoiceOptions) -> Diagnosis:
    """Open the loudspeaker, let it go again."""
    output = parse_output(options.port)
    try:
        return output.open(time.sleep)
    finally:
        output.close()


def test(options: VoiceOptions, given: Namespace) -> Mapping[str, object]:
    """One call, or one free text, into a file or through the loudspeaker."""
    if given.lang:
        options = msgspec.structs.replace(options, languages=_LANGUAGES[given.lang])
    if given.repeats:
        options = msgspec.structs.replace(options, repeats=given.repeats)
    told: dict[str, object] = {}
    notice = None
    calls: tuple[Call, ...] = ()
    if given.text or given.text_en:
        engine = TextEngine(options)
        pcm = engine.pcm(given.text, given.text_en)
        notice = Notice("test", given.text, given.text_en, 0.0, pcm)
        told = {"engine": engine.name, "text": given.text, "text_en": given.text_en}
    else:
        calls = (Call("test", given.ticket, given.counter, given.recall, 0.0),)
    utterance = Utterance(
        utterance_id=1,
        languages=options.languages,
        repeats=options.repeats,
        volume=given.volume,
        calls=calls,
        notice=notice,
    )
    pcm = Voice(load_pack(options.pack), options).pcm(utterance)
    parts = speech_parts(utterance, one_as_yao=options.one_as_yao)
    if calls:
        told = {"said": said_text(parts)}
    if given.wav:
        write_wav(Path(given.wav), pcm)
    else:
        output = parse_output(options.port)
        try:
            output.open(time.sleep)
            output.play(pcm, time.sleep, lambda: None)
        finally:
            output.close()
    return {
        **told,
        "clips": list(clip_names(parts)),
        "seconds": round(seconds_of(pcm), 3),
        "output": given.wav or options.port,
    }


def test_arguments(parser: ArgumentParser) -> None:
    """What to say, and where to."""
    parser.add_argument("--ticket", default="A012", help="号码 ticket number")
    parser.add_argument("--counter", default="3", help="窗口 counter's number or name")
    parser.add_argument("--recall", action="store_true", help="重呼 a second call")
    parser.add_argument("--lang", choices=sorted(_LANGUAGES), help="语言 language")
    parser.add_argument("--repeats", type=int, choices=(1, 2, 3), help="说几遍 how often")
    parser.add_argument("--volume", type=int, choices=range(1, 101), default=100, metavar="1-100")
    parser.add_argument("--text", default="", help="任意中文 free text in Chinese, instead")
    parser.add_argument("--text-en", default="", help="任意英文 free text in English, instead")
    parser.add_argument("--wav", metavar="FILE", help="写入文件而不出声 into a file, not aloud")


def simulate_arguments(parser: ArgumentParser) -> None:
    """How fast it plays."""
    parser.add_argument("--pace", type=float, default=1.0, help="倍速 times the true speed")


def simulate(port: str, given: Namespace) -> LoudspeakerSimulator:
    """A loudspeaker on `exec[:/PROGRAM]`."""
    return LoudspeakerSimulator(port, pace=given.pace)


CLIPS: Final = Driver(
    kind="voice",
    name="clips",
    zh="语音呼叫（录音拼接）",
    en="voice, joined from recorded clips",
    options=VoiceOptions,
    probe=probe,
    test=test,
    test_arguments=test_arguments,
    simulate=simulate,
    simulate_arguments=simulate_arguments,
    is_default=True,
)
