"""Registrations: found as soon as they are made, gone as soon as they are revoked."""

from pathlib import Path

import pytest

from queue_server.store.access import Access, _new_token


def test_a_program_registered_elsewhere_is_found_at_once(tmp_path: Path) -> None:
    server, command = Access(tmp_path), Access(tmp_path)
    made, token = command.create("kiosk", "kiosk")
    for number in range(20):
        made, token = command.create("kiosk", f"kiosk {number}")
        assert server.find(token) == made
        assert server.find(token + "x") is None
    assert len(server.all()) == 21
    assert command.revoke(made.id)
    assert server.refresh()
    assert server.find(token) is None
    assert not command.revoke(made.id)
    server.close()
    command.close()


def test_a_read_that_failed_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server, command = Access(tmp_path), Access(tmp_path)
    _, token = command.create("board", "board")
    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk"):
        broken.setattr(server, "_read", _fails)
        server.refresh()
    assert [known.name for known in server.all()] == ["board"]
    assert server.find(token) is not None
    server.close()
    command.close()


def _fails() -> None:
    raise OSError("disk")


def test_no_token_looks_like_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["-looks-like-an-option", "fits"])
    monkeypatch.setattr("queue_server.store.access.secrets.token_urlsafe", lambda _: next(drawn))
    assert _new_token() == "fits"
