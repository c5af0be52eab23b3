"""The simulated printer's decoder: what cheap printers get wrong shows on its paper."""

from hypothesis import given
from hypothesis import strategies as st

from devices.printer.paper import Decoder, PrintedSlip, QuerySeen

CUT = b"\x1dV\x01"


def printed(data: bytes) -> PrintedSlip:
    (slip,) = Decoder().feed(data + CUT, 7)
    assert isinstance(slip, PrintedSlip)
    return slip


def test_chinese_needs_its_mode() -> None:
    text = "中，".encode("gb18030")
    assert printed(b"\x1c&" + text + b"\n").text == "中，"
    assert printed(text + b"\n").text == "????"


def test_four_byte_characters_do_not_print() -> None:
    assert printed(b"\x1c&" + "中㐂中".encode("gb18030") + b"\n").text == "中??中"


def test_the_largest_text_is_the_number() -> None:
    slip = printed(b"\x1d!\x11big\n\x1d!\x33A001\n\x1d!\x00small\n")
    assert slip.number == "A001"
    assert [(line.width, line.height) for line in slip.lines] == [(2, 2), (4, 4), (1, 1)]
    assert printed(b"").number == ""


def test_a_picture_is_counted_not_read() -> None:
    slip = printed(b"\x1dv0\x00\x02\x00\x02\x00\x1b@\xff\n" + b"after\n")
    assert (slip.rasters, slip.raster_dots, slip.text) == (1, 15, "after")


def test_a_qr_code_prints_only_when_told() -> None:
    store = b"\x1d(k\x07\x001P0link"
    assert printed(store).qr == ()
    assert printed(store + b"\x1d(k\x03\x001Q0").qr == ("link",)


def test_an_unknown_command_is_kept_on_record() -> None:
    assert printed(b"\x1b\x01ok\n").unknown == ("1b01",)


def test_each_cut_ends_a_slip_and_a_rest_is_torn() -> None:
    decoder = Decoder()
    slips = decoder.feed(b"one\n" + CUT + b"two\n" + CUT + b"thr", 7)
    assert [slip.text for slip in slips if isinstance(slip, PrintedSlip)] == ["one", "two"]
    torn = decoder.torn(8)
    assert torn is not None
    assert (torn.text, torn.is_cut) == ("thr", False)
    assert decoder.torn(9) is None


def test_status_requests_are_passed_on() -> None:
    assert Decoder().feed(b"\x1da\xff\x1dr\x01", 7) == [
        QuerySeen("GS a", 255),
        QuerySeen("GS r", 1),
    ]


PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b"\x1b@", b"\x1c&", b"\x1c.", CUT, b"\x1d!\x77", b"\x1dv0\x00\x01\x00\x02\x00ab", b"A1\n"]
    ),
    st.text(max_size=5).map(lambda text: text.encode("gb18030", "replace")),
)


@given(st.lists(PIECES, max_size=20))
def test_any_bytes_at_any_split_print_the_same(chunks: list[bytes]) -> None:
    parts, whole = Decoder(), Decoder()
    slips = [item for chunk in chunks for item in parts.feed(chunk, 7)]
    assert slips == whole.feed(b"".join(chunks), 7)
    assert parts.torn(7) == whole.torn(7)
