"""Codes: each refusal of the rules has its sentence in both languages."""

import ast
import re
from pathlib import Path

import pytest

import queue_server.domain
from queue_server.domain.codes import CODES, sentence

RULES = Path(queue_server.domain.__path__[0])
REFUSALS = {
    node.args[0].value
    for path in RULES.glob("*.py")
    for node in ast.walk(ast.parse(path.read_text()))
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "Rejection"
    if isinstance(node.args[0], ast.Constant)
}


def test_every_refusal_has_a_code() -> None:
    assert len(REFUSALS) > 30
    assert set(CODES) >= REFUSALS


@pytest.mark.parametrize("code", CODES)
def test_both_sentences_say_the_same_things(code: str) -> None:
    zh, en = (set(re.findall(r"\{(\w+)\}", text)) for text in CODES[code][1:])
    assert zh == {name.removesuffix("_en") for name in en}
    assert re.search("[\u4e00-\u9fff]", CODES[code].zh)
    assert CODES[code].en.isascii() or "“" in CODES[code].en


def test_words_of_others_are_never_filled_again() -> None:
    details = {"counter": "{staff}", "staff": "{counter}"}
    assert sentence("counter_taken", details, "en") == "{counter} is signed in at {staff}"


def test_a_newer_servers_code_is_shown_as_it_is() -> None:
    assert sentence("of_tomorrow", {}, "zh") == "of_tomorrow"
