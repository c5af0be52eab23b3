"""The reference receiver's rules: batches, store, tokens, certificate."""

import datetime as dt
import stat
from pathlib import Path

import msgspec
import pysqlite3
import pytest
from cryptography import x509
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulation.backend.certificate import ensure_certificate
from simulation.backend.messages import Accepted, decode_batch
from simulation.backend.refusal import REFUSALS, Refusal
from simulation.backend.store import SchemaTooNewError, Store
from simulation.backend.tokens import BadTokenFileError, Tokens, make_token_file
from tests.effort import examples


def body(hall: str, first: int, contents: list[int], indent: int = 0) -> bytes:
    events = [
        {
            "seq": seq,
            "epoch": 1,
            "day": "2026-01-05",
            "at": 1000 + seq,
            "who": "kiosk-1",
            "type": "ticket_issued" if content == 0 else "rated",
            "data": {"b": content, "a": "字"},
        }
        for seq, content in enumerate(contents, first)
    ]
    plain = msgspec.json.encode({"hall": hall, "events": events, "later": True})
    return msgspec.json.format(plain, indent=indent) if indent else plain


batches = st.lists(
    st.tuples(
        st.sampled_from(["north", "south"]),
        st.integers(1, 12),
        st.lists(st.sampled_from([0, 0, 0, 0, 1]), min_size=1, max_size=6),
        st.sampled_from([0, 2]),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=examples(80))
@given(batches)
def test_the_store_is_a_gapless_log_that_never_changes(
    sent: list[tuple[str, int, list[int], int]],
) -> None:
    store = Store(Path(":memory:"))
    model: dict[str, list[int]] = {"north": [], "south": []}
    for hall, first, contents, indent in sent:
        held = model[hall]
        overlap = held[first - 1 : first - 1 + len(contents)]
        batch = decode_batch(body(hall, first, contents, indent))
        differs = [mine != theirs for mine, theirs in zip(overlap, contents, strict=False)]
        if first > len(held) + 1:
            with pytest.raises(Refusal, match="gap") as caught:
                store.receive(batch)
            assert caught.value.details == {"expected": len(held) + 1}
        elif any(differs):
            with pytest.raises(Refusal, match="conflict") as caught:
                store.receive(batch)
            assert caught.value.details == {"seq": first + differs.index(True)}
        else:
            new = contents[len(overlap) :]
            assert store.receive(batch) == Accepted(first + len(contents) - 1, len(new))
            held += new
    assert [(hall.hall, hall.events, hall.last_seq) for hall in store.halls()] == [
        (hall, len(held), len(held)) for hall, held in sorted(model.items()) if held
    ]
    for name, held in model.items():
        if held:
            (day,) = store.hall(name).days
            assert (day.day, day.events, day.tickets) == ("2026-01-05", len(held), held.count(0))
        else:
            with pytest.raises(Refusal, match="unknown_hall"):
                store.hall(name)
    store.close()


@given(st.binary(max_size=200))
@example(body("h", 1, [1]).replace(b"\xe5", b"\xff"))
@example(body("h", 1, [1]).replace("字".encode(), rb"\ud800"))
@example(body("h", 1, [1]).replace(b'"a"', b'"a":' + b"[" * 50_000))
@example(body("h", 1, [1, 1]).replace(b'"seq":2', b'"seq":3'))
@example(body("h", 1, [1, 1]).replace(b'"seq":2', b'"seq":1'))
@example(body("h", 0, [1]))
@example(body("../h", 1, [1]))
@example(body("h", 1, []))
@example(body("h", 1, [1]).replace(b"2026-01-05", b"today"))
@example(body("h", 1, [1]).replace(b'"seq":1', b'"seq":99999999999999999999'))
@example(
    b'{"hall":"h","events":[{"seq":1,"epoch":1,"day":"","at":1,"who":"","type":"t","data":1}]}'
)
def test_what_is_no_batch_is_refused_with_a_code(junk: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        decode_batch(junk)
    assert caught.value.code in {"bad_batch", "bad_order"}
    told = msgspec.json.decode(caught.value.body())
    assert told["zh"]
    assert "{" not in told["en"].partition(":")[0]


def test_every_code_has_both_languages() -> None:
    for code, meaning in REFUSALS.items():
        assert meaning.zh, code
        assert meaning.en, code
        assert 400 <= meaning.status <= 599


def test_what_was_taken_is_there_after_opening_again(tmp_path: Path) -> None:
    path = tmp_path / "backend.sqlite3"
    store = Store(path)
    store.receive(decode_batch(body("h", 1, [0, 1, 0])))
    store.close()
    store = Store(path)
    assert store.hall("h").days[0].types == {"rated": 1, "ticket_issued": 2}
    store.close()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "backend.sqlite3"
    with pysqlite3.connect(str(path)) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(SchemaTooNewError, match="99"):
        Store(path)


def test_tokens_speak_for_their_halls() -> None:
    tokens = Tokens("# comment\nall-halls\nnorth-only north north-2\n\n")
    assert tokens.check("Bearer all-halls").may("any")
    north = tokens.check("bearer north-only")
    assert north.may("north-2")
    assert not north.may("south")
    for wrong in (
        "",
        "Bearer",
        "Bearer ",
        "Bearer nope",
        "Basic all-halls",
        "Bearer \udcff",
        "# x",
    ):
        with pytest.raises(Refusal, match="bad_token"):
            tokens.check(wrong)
    with pytest.raises(BadTokenFileError):
        Tokens("# only a comment\n")


def test_secrets_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    make_token_file(tmp_path / "token")
    first = (tmp_path / "token").read_text()
    make_token_file(tmp_path / "token")
    assert (tmp_path / "token").read_text() == first
    assert len(first.strip()) >= 43
    tls = tmp_path / "tls"
    ensure_certificate(tls)
    certificate = (tls / "cert.pem").read_bytes()
    ensure_certificate(tls)
    assert (tls / "cert.pem").read_bytes() == certificate
    for secret in (tmp_path / "token", tls / "key.pem"):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    held = x509.load_pem_x509_certificate(certificate)
    held.verify_directly_issued_by(x509.load_pem_x509_certificate((tls / "ca.pem").read_bytes()))
    assert held.not_valid_after_utc > dt.datetime.now(dt.UTC) + dt.timedelta(days=300)
