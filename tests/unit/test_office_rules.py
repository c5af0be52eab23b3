"""Rules as managers see them: the text shown says the same again, and every kind has words."""

import re

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.hall import Hall
from queue_server.domain.values import Profile, Text
from queue_server.office.check import MOST_TOLD, changes, check
from queue_server.office.condition_words import profile_words
from queue_server.office.profile_toml import profile_toml
from tests.unit import domain_hall as h
from tests.unit.rules_profiles import profiles

PROFILES = profiles("mine")
WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60)
NAMES = st.builds(Text, zh=WORDS, en=WORDS).filter(
    lambda name: bool(name.zh.strip() and name.en.strip())
)


def hall(*profiles: Profile) -> Hall:
    services = {service.id: service for service in h.SERVICES}
    return Hall(services=services, profiles={one.id: one for one in profiles})


@given(profile=PROFILES, name=NAMES)
def test_what_is_shown_is_read_back_the_same(profile: Profile, name: Text) -> None:
    profile = msgspec.structs.replace(profile, name=name)
    checked = check(hall(profile), profile_toml(profile), profile.id)
    assert checked.mistakes == ()
    assert checked.profile == profile
    assert checked.is_same
    assert {one.mark for one in checked.changes} == {"same"}


@given(profile=PROFILES)
def test_every_condition_has_words_in_both_languages(profile: Profile) -> None:
    words = profile_words(profile, hall().services)
    assert len(words) == len(profile.conditions) + 2
    for one in words:
        assert re.search("[\u4e00-\u9fff]", one.zh)
        assert not re.search("[\u4e00-\u9fff]", one.en)
        assert "  " not in one.zh + one.en


@given(before=st.lists(st.sampled_from("abcd")), after=st.lists(st.sampled_from("abcd")))
def test_changes_hold_both_texts_whole(before: list[str], after: list[str]) -> None:
    found = changes([Text(zh=x, en=x) for x in before], [Text(zh=x, en=x) for x in after])
    assert [one.zh for one in found if one.mark != "new"] == before
    assert [one.zh for one in found if one.mark != "gone"] == after


@given(text=st.text(max_size=300))
def test_any_text_is_answered_with_mistakes(text: str) -> None:
    checked = check(hall(), text, None)
    assert (checked.profile is None) == bool(checked.mistakes)


def test_a_hostile_text_is_answered_soon_and_shortly() -> None:
    for text in (
        "a = " + "[" * 9_000 + "]" * 9_000,
        "a = " + "{a = " * 190 + "1" + "}" * 190,
        "\n".join(f"a{number} = 1" for number in range(1_500)),
        "x" * 30_000,
    ):
        found = check(hall(), text, None)
        assert 1 <= len(found.mistakes) <= MOST_TOLD
