"""Nobody learns who holds a ticket before it is called: not by a document, a list or a reason."""

import msgspec

from queue_server.calls import Calls
from queue_server.documents import all_topics, document
from queue_server.domain import commands as c
from queue_server.domain.ids import CounterId
from queue_server.domain.shipped_profiles import TWO_TO_ONE
from queue_server.domain.why_words import why_sentence
from queue_server.protocol.messages import ReadWaiting
from queue_server.reads import read
from tests.unit import domain_hall as h

NAME = "欧阳修"


def test_a_name_shows_with_the_call_and_not_before() -> None:
    ledger = h.opened()
    profile = msgspec.structs.replace(h.PROFILES[0], conditions=TWO_TO_ONE)
    ledger.do(c.DefineProfile(profile=profile))
    first = ledger.issue("tax", h.person("n1", name=NAME), priority=1)
    second = ledger.issue("tax", h.person("n2", name=NAME))
    hall, calls = ledger.hall, Calls()
    assert first.holder == second.holder == "欧*"
    for topic in all_topics(hall):
        assert "欧".encode() not in document(hall, calls, topic)
    who = type("Who", (), {"role": "caller", "counter": "k1"})()
    what = ReadWaiting(counter=CounterId("k1"), limit=20)
    listed = read(hall, None, None, who, what, h.START)  # type: ignore[arg-type]
    assert second.number.encode() in msgspec.json.encode(listed)
    assert "欧".encode() not in msgspec.json.encode(listed)
    called = ledger.call("k1")
    why = ledger.why(ledger.transaction(called))
    assert [passed.numbers for passed in why.passed] == [(first.number,)]
    assert "欧" not in msgspec.json.encode(why).decode() + why_sentence(why).zh
    shown = [topic for topic in all_topics(hall) if "欧".encode() in document(hall, calls, topic)]
    assert shown == ["counter/k1", "screen/k1"]
