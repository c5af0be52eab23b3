"""What a program tells of its devices always fits the wire, and is checked on the other side."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import Ms
from queue_server.protocol.codec import FrameError, decode_client, encode
from queue_server.protocol.messages import ReportFrame
from queue_server.protocol.reports import MOST_BYTES, fitting
from queue_server.protocol.views import DeviceReport

texts = st.text(max_size=400)
reports = st.builds(
    DeviceReport,
    kind=texts,
    name=texts,
    state=st.sampled_from(["ok", "warning", "failed", "gone"]),
    since=st.just(Ms(1)),
    zh=texts,
    firmware=texts,
    facts=st.dictionaries(texts, texts, max_size=20),
    last_error=texts,
)


@given(st.lists(reports, max_size=5))
def test_what_fits_is_taken_and_nothing_is_lost_of_a_few(devices: list[DeviceReport]) -> None:
    sent = fitting(tuple(devices))
    frame = decode_client(encode(ReportFrame(devices=sent)))
    assert isinstance(frame, ReportFrame)
    assert frame.devices == sent
    assert [d.state for d in sent] == [d.state for d in devices]
    assert all(
        whole.name.startswith(short.name) for whole, short in zip(devices, sent, strict=True)
    )


def test_of_too_many_those_that_fail_are_kept() -> None:
    long = "说" * 240
    well = DeviceReport(kind="led", name=long, state="ok", since=Ms(1), zh=long, facts={"a": long})
    bad = msgspec.structs.replace(well, state="gone", name="bad")
    sent = fitting((*[well] * 150, bad, *[well] * 150))
    assert len(msgspec.json.encode(sent)) <= MOST_BYTES
    assert sent
    assert [d.name for d in sent if d.state == "gone"] == ["bad"]


def test_words_of_the_ordinary_are_left_as_they_are() -> None:
    told = DeviceReport(kind="led", name="一号窗口屏", state="ok", since=Ms(1), facts={"w": "80"})
    assert fitting((told,)) == (told,)


@pytest.mark.parametrize(
    "field", [{"kind": "x" * 41}, {"zh": "说" * 241}, {"facts": {str(n): "" for n in range(17)}}]
)
def test_what_does_not_fit_is_refused(field: dict[str, object]) -> None:
    device = {"kind": "led", "name": "n", "state": "ok", "since": 1, **field}
    with pytest.raises(FrameError) as caught:
        decode_client(msgspec.json.encode({"type": "report", "devices": [device]}))
    assert caught.value.code == "bad_frame"
