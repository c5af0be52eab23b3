"""Nothing of a number is lost between the ticket and the listener."""

import re
from collections.abc import Callable
from string import ascii_letters, ascii_uppercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceError
from devices.voice.clips import CLIPS
from devices.voice.options import Languages
from devices.voice.speech import clip_names, said_text, speech_parts
from devices.voice.spelling import (
    counter_clips,
    counter_clips_en,
    read_back,
    ticket_clips,
    ticket_clips_en,
)
from devices.voice.utterance import Call, Utterance

NUMBERS = st.text(ascii_letters + digits, min_size=1, max_size=16)


@given(number=NUMBERS, is_yao=st.booleans())
def test_no_letter_or_digit_of_a_ticket_is_dropped(number: str, is_yao: bool) -> None:
    for clips in (ticket_clips(number, one_as_yao=is_yao), ticket_clips_en(number)):
        assert set(clips) <= CLIPS.keys()
        assert read_back(clips) == number.upper()


@given(number=NUMBERS)
def test_the_words_of_the_clips_are_the_ticket_s(number: str) -> None:
    """Independent of `read_back`: by what the clips are said to say."""
    words = "".join(CLIPS[clip] for clip in ticket_clips(number))
    back = words.translate(str.maketrans("零一二三四五六七八九", "0123456789"))
    assert back == f"{number.upper()}号"
    assert len(ticket_clips_en(number)) == len(number)


@given(
    parts=st.lists(
        st.text(ascii_uppercase + digits, min_size=1, max_size=4), min_size=1, max_size=4
    )
)
def test_marks_between_are_silent(parts: list[str]) -> None:
    plain = "".join(parts)
    for mark in ("-", " ", "－", "·"):
        assert read_back(ticket_clips(mark.join(parts))) == plain


def test_every_counter_from_1_to_200_is_a_number() -> None:
    for counter in range(1, 201):
        zh, en = counter_clips(str(counter)), counter_clips_en(str(counter))
        assert set(zh) | set(en) <= CLIPS.keys()
        assert read_back(zh) == read_back(en) == str(counter)
        assert len(set(zh)) > 0
    said = {n: "".join(CLIPS[c] for c in counter_clips(str(n))) for n in (3, 10, 21, 105, 110, 200)}
    assert said == {
        3: "三号",
        10: "十号",
        21: "二十一号",
        105: "一百零五号",
        110: "一百一十号",
        200: "二百号",
    }
    assert " ".join(CLIPS[c] for c in counter_clips_en("121")) == "one hundred and twenty one"


@given(name=st.from_regex(re.compile(r"[A-Z]{0,3}[0-9]{0,3}[A-Z]{0,2}"), fullmatch=True))
def test_no_letter_or_digit_of_a_counter_is_dropped(name: str) -> None:
    if not name:
        return
    for clips in (counter_clips(name), counter_clips_en(name)):
        assert set(clips) <= CLIPS.keys()
        assert read_back(clips) == name


@given(text=st.text(max_size=30))
def test_any_text_is_said_whole_or_refused(text: str) -> None:
    for spell in (ticket_clips, ticket_clips_en, counter_clips, counter_clips_en):
        clips = said_or_refused(spell, text)
        assert set(clips) <= CLIPS.keys()
        assert bool(read_back(clips)) == bool(clips)


def said_or_refused(spell: Callable[[str], tuple[str, ...]], text: str) -> tuple[str, ...]:
    try:
        return spell(text)
    except DeviceError as error:
        if error.code != "voice.unspeakable":
            raise
        return ()


@pytest.mark.parametrize("number", ["", "--", "甲1", "A1️⃣", "A" * 17, "Ⅷ甲"])
def test_what_has_no_clip_is_refused(number: str) -> None:
    with pytest.raises(DeviceError, match=r"voice\.unspeakable"):
        ticket_clips(number)


def utterance(*calls: Call, repeats: int = 2, languages: Languages = Languages.ZH_EN) -> Utterance:
    return Utterance(utterance_id=1, languages=languages, repeats=repeats, volume=100, calls=calls)


def test_a_call_is_said_as_people_say_it() -> None:
    parts = speech_parts(utterance(Call("1", "A012", "3", False, 0.0)))
    zh = "请A零一二号，到三号窗口办理"
    assert said_text(parts) == (f"♪ {zh}。{zh}。ticket A zero one two，please go to counter three")


def test_a_recall_says_so_in_both_languages() -> None:
    parts = speech_parts(utterance(Call("1", "B007", "21", True, 0.0), repeats=1))
    assert said_text(parts) == (
        "♪ 重复呼叫，请B零零七号，到二十一号窗口办理。"
        "second call，ticket B zero zero seven，please go to counter twenty one"
    )


def test_joined_calls_are_one_sentence() -> None:
    parts = speech_parts(
        utterance(
            Call("1", "A012", "3", False, 0.0),
            Call("2", "B007", "5", False, 0.0),
            languages=Languages.ZH,
            repeats=1,
        )
    )
    assert said_text(parts) == "♪ 请A零一二号，到三号、B零零七号，到五号窗口办理"


@given(number=NUMBERS, counter=st.integers(1, 200), repeats=st.integers(1, 3))
def test_each_repetition_has_the_whole_number(number: str, counter: int, repeats: int) -> None:
    parts = speech_parts(
        utterance(
            Call("1", number, str(counter), False, 0.0), repeats=repeats, languages=Languages.ZH
        )
    )
    names = " ".join(clip_names(parts))
    whole = " ".join(("zh_please", *ticket_clips(number), "zh_to", *counter_clips(str(counter))))
    assert names.count(f"{whole} zh_window") == repeats
