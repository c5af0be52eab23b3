"""An utterance as clips and pauses, and as sound."""

from collections.abc import Sequence
from typing import Final

from devices.voice.clips import CHIME, CLIPS
from devices.voice.joining import Part, Pause, at_volume, join
from devices.voice.options import Languages, VoiceOptions
from devices.voice.pack import Pack
from devices.voice.pcm import SAMPLE_BYTES
from devices.voice.spelling import (
    counter_clips,
    counter_clips_en,
    ticket_clips,
    ticket_clips_en,
)
from devices.voice.utterance import Call, Utterance

AFTER_CHIME: Final = Pause(0.25)
AT_COMMA: Final = Pause(0.18)
BETWEEN_CALLS: Final = Pause(0.3)
BETWEEN_SENTENCES: Final = Pause(0.6)


def speech_parts(utterance: Utterance, *, one_as_yao: bool = False) -> tuple[Part, ...]:
    """Chime and calls in order: all Mandarin `repeats` times, then English. Of a notice only the
    chime. DeviceError `voice.unspeakable`."""
    if not utterance.calls or utterance.is_chime_only:
        return (CHIME,)
    sentences: list[list[Part]] = []
    if utterance.languages is not Languages.EN:
        zh = _mandarin(utterance.calls, one_as_yao=one_as_yao)
        sentences += [zh] * utterance.repeats
    if utterance.languages is not Languages.ZH:
        en = _english(utterance.calls)
        is_alone = utterance.languages is Languages.EN
        sentences += [en] * (utterance.repeats if is_alone else 1)
    parts: list[Part] = [CHIME, AFTER_CHIME]
    for index, sentence in enumerate(sentences):
        parts += ([BETWEEN_SENTENCES] if index else []) + sentence
    return tuple(parts)


def clip_names(parts: Sequence[Part]) -> tuple[str, ...]:
    """The clips alone."""
    return tuple(part for part in parts if isinstance(part, str))


def said_text(parts: Sequence[Part]) -> str:
    """What a listener hears, as text: clips' words, pauses as punctuation."""
    text = ""
    for part in parts:
        if isinstance(part, Pause):
            text += {AT_COMMA: "，", BETWEEN_CALLS: "、", BETWEEN_SENTENCES: "。"}.get(part, " ")
        else:
            gap = " " if part.startswith("en_") and text and text[-1] not in "，、。 " else ""
            text += gap + CLIPS[part]
    return text


def _mandarin(calls: tuple[Call, ...], *, one_as_yao: bool) -> list[Part]:
    """重复呼叫，请A零一二号，到三号、B零零七号，到五号窗口办理."""
    parts: list[Part] = ["zh_again", AT_COMMA] if calls[0].is_recall else []
    parts.append("zh_please")
    for index, call in enumerate(calls):
        if index:
            parts.append(BETWEEN_CALLS)
        parts += ticket_clips(call.ticket, one_as_yao=one_as_yao)
        parts += [AT_COMMA, "zh_to", *counter_clips(call.counter)]
    return [*parts, "zh_window"]


def _english(calls: tuple[Call, ...]) -> list[Part]:
    """Second call. Ticket A zero one two, please go to counter three."""
    parts: list[Part] = ["en_again", AT_COMMA] if calls[0].is_recall else []
    for index, call in enumerate(calls):
        if index:
            parts.append(BETWEEN_CALLS)
        parts += ["en_ticket", *ticket_clips_en(call.ticket), AT_COMMA]
        parts += ["en_go", *counter_clips_en(call.counter)]
    return parts


class Voice:
    """Makes the sound of utterances from a pack in memory."""

    def __init__(self, pack: Pack, options: VoiceOptions) -> None:
        self.pack = pack
        self._options = options

    def pcm(self, utterance: Utterance) -> bytes:
        """All that is to be heard, at the utterance's volume (format: devices.voice.pcm)."""
        import numpy as np

        parts = speech_parts(utterance, one_as_yao=self._options.one_as_yao)
        samples = join(self.pack.clips, parts)
        if utterance.notice is not None and not utterance.is_chime_only:
            pause = join(self.pack.clips, [AFTER_CHIME])
            whole = len(utterance.notice.pcm) // SAMPLE_BYTES * SAMPLE_BYTES
            text = np.frombuffer(utterance.notice.pcm[:whole], dtype="<i2")
            samples = np.concatenate([samples, pause, text])
        return at_volume(samples, utterance.volume)
