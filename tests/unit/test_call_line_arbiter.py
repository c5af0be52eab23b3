"""Who may speak on the line: silence, retries, coalescing, presses once and answered."""

from devices.call_line.arbiter import (
    AddressChanged,
    Arbiter,
    Slot,
)
from devices.call_line.codec import CodedLine
from devices.call_line.events import Key, KeyPressed, Rated
from devices.call_line.presses import PressHeard
from devices.call_line.protocol import Frame, beep, start_rating, ticket, wire_seconds
from devices.call_line.timings import Echo, LineTimings

T = LineTimings()
CALL = Frame(2, 1, b"\x0c")
RATED = Frame(2, 0x11, b"\x05")


class Line:
    """An arbiter, its clock, and what it wrote."""

    def __init__(self, **settings: object) -> None:
        self.now = 100.0
        self.arbiter = Arbiter(CodedLine(), T, **settings)  # type: ignore[arg-type]

    def wait(self, seconds: float) -> list[object]:
        """Time passes; what it says and changes meanwhile."""
        end = self.now + seconds
        seen: list[object] = []
        while self.now < end:
            self.now = min(end, self.now + 0.001)
            seen += self.arbiter.tick(self.now)
            if data := self.arbiter.next_frame(self.now):
                seen.append(data)
        return seen

    def hear(self, data: bytes) -> list[object]:
        return [*self.arbiter.receive(data, self.now)]

    def say(self, slot: Slot, frame: Frame) -> None:
        self.arbiter.say(slot, frame.address, frame.encode(), self.now)


def test_it_never_speaks_while_a_frame_arrives_nor_at_once_after_it() -> None:
    line = Line()
    line.say(Slot.BEEP, beep(1))
    line.hear(CALL.encode()[:4])
    assert line.wait(T.inside_frame * 0.9) == []
    line.hear(CALL.encode()[4:])
    assert line.arbiter.next_frame(line.now + T.gap * 0.9) == b""
    assert line.wait(T.gap * 1.5) == [beep(1).encode()]


def test_half_a_frame_does_not_hold_the_line_for_ever() -> None:
    line = Line()
    line.say(Slot.BEEP, beep(1))
    line.hear(b"\xff\x68\x40\x40\x68")
    assert beep(1).encode() in line.wait(T.inside_frame * 2)


def test_only_the_newest_number_is_said() -> None:
    line = Line()
    for number in ("001", "002", "003"):
        line.say(Slot.TICKET, ticket(1, number))
    assert line.wait(0.05) == [ticket(1, "003").encode()]


def test_addresses_take_turns_and_wait_for_each_other() -> None:
    line = Line()
    line.say(Slot.TICKET, ticket(1, "001"))
    line.say(Slot.BEEP, beep(1))
    line.say(Slot.TICKET, ticket(2, "002"))
    said: list[object] = []
    for frame in (ticket(1, "001"), ticket(2, "002"), beep(1)):
        assert line.wait(0.03) == [frame.encode()]
        said += line.hear(frame.encode())
    assert [item for item in said if isinstance(item, AddressChanged)] == said
    assert [(item.address, item.ok) for item in said if isinstance(item, AddressChanged)] == [
        (1, True),
        (2, True),
    ]


def test_no_echo_from_one_that_used_to_is_tried_again_then_told() -> None:
    line = Line()
    line.say(Slot.TICKET, ticket(1, "001"))
    line.wait(0.02)
    line.hear(ticket(1, "001").encode())
    line.say(Slot.TICKET, ticket(1, "002"))
    seen = line.wait(1.5)
    assert seen[:3] == [ticket(1, "002").encode()] * 3
    assert [(item.address, item.ok) for item in seen[3:] if isinstance(item, AddressChanged)] == [
        (1, False)
    ]
    # Heard again, it is brought to what it should show.
    heard = line.hear(Frame(1, 1, b"\x0d").encode())
    assert [item.ok for item in heard if isinstance(item, AddressChanged)] == [True]
    assert ticket(1, "002").encode() in line.wait(0.1)


def test_a_device_that_never_echoes_is_told_once_and_not_called_silent() -> None:
    line = Line()
    line.say(Slot.TICKET, ticket(1, "001"))
    line.wait(2)
    line.say(Slot.BEEP, beep(1))
    assert line.wait(2) == [beep(1).encode()], "one beep, not three"
    assert line.arbiter.silent == ()


def test_a_device_that_must_echo_and_never_did_is_silent() -> None:
    line = Line(echo=Echo.ALWAYS)
    line.say(Slot.TICKET, ticket(1, "001"))
    line.wait(2)
    assert line.arbiter.silent == (1,)


def test_a_newer_number_takes_the_place_of_the_one_said_again() -> None:
    line = Line(echo=Echo.ALWAYS)
    line.say(Slot.TICKET, ticket(1, "001"))
    line.wait(0.02)
    line.say(Slot.TICKET, ticket(1, "002"))
    assert line.wait(0.3) == [ticket(1, "002").encode()]


def test_a_beep_too_old_is_not_said() -> None:
    line = Line()
    line.say(Slot.BEEP, beep(1))
    line.now += T.stale + 1
    assert line.wait(0.1) == []


def test_displays_are_said_again_by_and_by() -> None:
    line = Line()
    line.say(Slot.TICKET, ticket(1, "001"))
    line.wait(0.02)
    line.hear(ticket(1, "001").encode())
    assert line.wait(T.refresh + 0.1)[:1] == [ticket(1, "001").encode()]


def press(line: Line, frame: Frame) -> PressHeard:
    (heard,) = [item for item in line.hear(frame.encode()) if isinstance(item, PressHeard)]
    return heard


def test_a_press_is_answered_when_accepted_and_not_before() -> None:
    line = Line()
    heard = press(line, CALL)
    assert heard.press == KeyPressed(2, Key.CALL)
    assert line.wait(0.2) == []
    line.arbiter.accept(heard.number, line.now)
    assert line.wait(0.02) == [CALL.encode()]
    line.arbiter.accept(heard.number, line.now)
    assert line.wait(0.02) == [], "answered once"


def test_a_rating_is_answered_by_its_own_function() -> None:
    line = Line()
    heard = press(line, RATED)
    assert heard.press == Rated(2, 5)
    line.arbiter.accept(heard.number, line.now)
    assert line.wait(0.02) == [Frame(2, 1, b"\x05").encode()]


def test_a_retransmission_is_the_same_press_and_is_answered_again() -> None:
    line = Line()
    heard = press(line, CALL)
    line.wait(0.4)
    assert line.hear(CALL.encode()) == [], "while the hall decides"
    line.arbiter.accept(heard.number, line.now)
    assert line.wait(0.1) == [CALL.encode()]
    line.wait(0.4)
    assert line.hear(CALL.encode()) == [], "the answer was lost"
    assert line.wait(0.1) == [CALL.encode()]
    line.wait(T.duplicate + 0.1)
    assert press(line, CALL).number != heard.number, "a new press"


def test_a_declined_press_is_not_answered_and_comes_new() -> None:
    line = Line()
    heard = press(line, CALL)
    line.arbiter.decline(heard.number)
    assert line.wait(0.4) == []
    assert press(line, CALL).number != heard.number


def test_an_answer_that_comes_too_late_is_not_said() -> None:
    line = Line()
    heard = press(line, CALL)
    line.wait(T.patience + 0.1)
    line.arbiter.accept(heard.number, line.now)
    assert line.wait(0.1) == []
    assert line.hear(CALL.encode()) == [], "but it was taken: no second call"
    assert line.wait(0.1) == [CALL.encode()]


def test_our_own_voice_is_no_press() -> None:
    line = Line()
    heard = press(line, CALL)
    line.arbiter.accept(heard.number, line.now)
    for _ in range(20):
        for said in line.wait(0.03):
            assert isinstance(said, bytes)
            line.now += wire_seconds(len(said))
            line.hear(said)
    assert line.arbiter.counts.sent == 1


def test_the_echo_of_our_call_for_a_rating_is_no_key() -> None:
    line = Line()
    line.say(Slot.RATING, start_rating(2))
    line.wait(0.02)
    assert not [c for c in line.hear(start_rating(2).encode()) if isinstance(c, PressHeard)]
    assert press(line, start_rating(2)).press == KeyPressed(2, Key.ASK_RATING), "its own is"


def test_a_key_that_looks_like_an_echo_does_not_make_a_device_one_that_echoes() -> None:
    line = Line()
    line.say(Slot.RATING, start_rating(2))
    line.wait(0.02)
    line.hear(start_rating(2).encode())
    for _ in range(2):
        line.say(Slot.TICKET, ticket(2, "001"))
        line.wait(2)
    assert line.arbiter.silent == ()


def test_an_adapter_that_hears_itself_does_not_acknowledge_for_the_device() -> None:
    line = Line(hears_itself=True, echo=Echo.ALWAYS)
    line.say(Slot.TICKET, ticket(1, "001"))
    (said,) = line.wait(0.01)
    assert isinstance(said, bytes)
    assert line.hear(said) == []
    assert [item.ok for item in line.hear(said) if isinstance(item, AddressChanged)] == [True]


def test_a_device_gone_mad_gets_no_more_than_a_few_answers() -> None:
    line = Line()
    heard = press(line, CALL)
    line.arbiter.accept(heard.number, line.now)
    for _ in range(100):
        line.wait(0.2)
        line.hear(CALL.encode())
    assert line.arbiter.counts.sent < 12


def test_after_an_unplug_every_display_is_said_again() -> None:
    line = Line()
    for address in (1, 2):
        line.say(Slot.TICKET, ticket(address, "001"))
        line.wait(0.02)
        line.hear(ticket(address, "001").encode())
    assert line.wait(0.5) == []
    line.arbiter.reopened(line.now)
    assert line.wait(0.02) == [ticket(1, "001").encode()]
    line.hear(ticket(1, "001").encode())
    assert line.wait(0.02) == [ticket(2, "001").encode()]
