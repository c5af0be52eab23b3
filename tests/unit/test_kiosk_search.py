from hypothesis import given
from hypothesis import strategies as st

from kiosk.search import initials, matches
from queue_server.domain.values import Text

HUKOU = Text(zh="户口登记", en="Household registration")
KEYS = dict(zip("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999", strict=True))


def test_initials_of_common_service_names() -> None:
    for name, letters in {
        "社会保险": ["s", "hk", "b", "x"],
        "不动产登记": ["b", "d", "c", "d", "j"],
        "营业执照": ["y", "y", "z", "z"],
        "医保": ["y", "b"],
        "公积金提取": ["g", "j", "j", "td", "q"],
        "婚姻登记": ["h", "y", "d", "j"],
        "A类 2": ["a", "l", "2"],
    }.items():
        assert list(initials(name)) == letters


def test_a_character_outside_the_common_ones_never_hides_a_service() -> None:
    assert initials("殡葬") == ("", "z")
    assert matches(Text(zh="殡葬服务", en="Funeral"), "bzfw")


def test_found_by_letters_from_the_middle_by_t9_and_by_english() -> None:
    assert matches(HUKOU, "hkdj")
    assert matches(HUKOU, "dj")
    assert matches(HUKOU, "4535")
    assert matches(HUKOU, "register") is False
    assert matches(HUKOU, "regis")
    assert not matches(HUKOU, "hz")


@given(st.text(alphabet="户口登记社会保险营业执照公积金提取婚姻行长重", min_size=1, max_size=10))
def test_every_name_is_found_by_its_own_letters_and_by_the_same_on_t9(name: str) -> None:
    letters = "".join(each[0] for each in initials(name))
    assert matches(Text(zh=name, en=""), letters)
    assert matches(Text(zh=name, en=""), "".join(KEYS[letter] for letter in letters))
