"""Two languages, changed while the windows are open; the compiled texts follow their source."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

import ui.languages
from tests.ui.windows import Notes, Screen
from ui.caller.app import QML
from ui.caller.desk import Keys
from ui.feed import Feed
from ui.languages import Translations, compiled
from ui.pictures import halls


def test_an_open_window_changes_its_language_and_back(qapp: QGuiApplication) -> None:
    feed = Feed()
    keys = Keys(feed, Notes())
    caller = Screen(QML, {"view": keys.view, "keys": keys})
    translations = Translations(qapp)
    try:
        feed.inputs = halls.counter_scenes("caller")["serving"]("zh")
        feed.changed.emit()
        caller.settle()
        chinese = caller.texts()
        assert "呼叫下一位" in chinese
        assert "社会保险" in chinese
        translations.use("en", caller.engine)
        feed.speak("en")
        caller.settle()
        english = caller.texts()
        assert "Call next" in english
        assert "Social insurance" in english
        assert "呼叫下一位" not in english
        translations.use("zh", caller.engine)
        feed.speak("zh")
        caller.settle()
        assert caller.texts() == chinese
    finally:
        translations.use("zh")
        caller.close()


def test_english_screens_have_no_chinese_but_names(qapp: QGuiApplication) -> None:
    translations = Translations(qapp)
    translations.use("en")
    feed = Feed("en")
    keys = Keys(feed, Notes())
    caller = Screen(QML, {"view": keys.view, "keys": keys})
    try:
        for name, make in halls.counter_scenes("caller").items():
            feed.inputs = make("en")
            feed.changed.emit()
            caller.settle()
            names = {*halls.STAFF, "张*", "欧阳**"}
            foreign = [t for t in caller.texts() if not t.isascii() and t not in names]
            assert [t for t in foreign if any("一" <= c <= "鿿" for c in t)] == [], name
    finally:
        translations.use("zh")
        caller.close()


def test_texts_are_compiled_again_when_their_source_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QCoreApplication
) -> None:
    texts = tmp_path / "en.ts"
    texts.write_bytes(ui.languages.TEXTS.read_bytes())
    monkeypatch.setattr(ui.languages, "TEXTS", texts)
    first = compiled()
    assert first == tmp_path / "en.qm"
    made = first.stat().st_mtime_ns
    assert compiled().stat().st_mtime_ns == made
    newer = texts.stat().st_mtime + 60
    os.utime(texts, (newer, newer))
    os.utime(first, (newer - 120, newer - 120))
    assert compiled().stat().st_mtime > newer - 120
    assert list(tmp_path.glob("*.qm")) == [first]
