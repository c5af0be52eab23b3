"""What the driver says of a job, on a port in memory."""

import pytest

from devices.errors import FAULTS, DeviceError
from devices.printer.driver import JobOutcome, PrinterTimings, PrintState, TicketPrinter
from devices.printer.protocol import ASK_DONE, ENABLE_ASB, QUERIES
from devices.transport import LoopbackTransport

GOOD = dict(zip(QUERIES, (b"\x12", b"\x12", b"\x12", b"\x12"), strict=True))
OUT = {**GOOD, QUERIES[0]: b"\x1a", QUERIES[1]: b"\x32", QUERIES[3]: b"\x7e"}
QUICK = PrinterTimings(reply=0.02, confirm=0.02)
SLIP = b"\x1b@slip\x1dV\x01"


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def opened(answers: dict[bytes, bytes]) -> tuple[TicketPrinter, LoopbackTransport, Clock]:
    port, clock = LoopbackTransport(answers), Clock()
    printer = TicketPrinter(port, timings=QUICK, clock=clock)
    printer.open()
    port.writes.clear()
    return printer, port, clock


def test_a_fresh_good_state_is_not_asked_again_before_the_job() -> None:
    printer, port, _ = opened(GOOD)
    assert printer.print_slip(SLIP) == JobOutcome(PrintState.PRINTED, None, len(SLIP))
    assert port.writes == [SLIP, *QUERIES]


def test_an_old_state_is_asked_again() -> None:
    printer, port, clock = opened(GOOD)
    clock.now += 10
    assert printer.print_slip(SLIP).state is PrintState.PRINTED
    assert port.writes == [*QUERIES, SLIP, *QUERIES]


def test_out_of_paper_writes_nothing() -> None:
    printer, port, _ = opened(OUT)
    assert printer.print_slip(SLIP) == JobOutcome(PrintState.FAILED, "printer.paper_out")
    assert SLIP not in port.writes


def test_what_the_printer_said_by_itself_counts_before_the_job() -> None:
    printer, port, _ = opened(GOOD)
    port.feed(bytes.fromhex("38000000"))
    port._answers = {**GOOD, QUERIES[1]: b"\x16"}
    assert printer.print_slip(SLIP) == JobOutcome(PrintState.FAILED, "printer.cover_open")
    assert SLIP not in port.writes


def test_no_answer_afterwards_is_unknown() -> None:
    printer, port, _ = opened(GOOD)
    port._answers = {}
    outcome = printer.print_slip(SLIP)
    assert outcome == JobOutcome(PrintState.UNKNOWN, "printer.silent", len(SLIP))
    assert port.writes.count(SLIP) == 1


def test_paper_gone_afterwards_is_unknown() -> None:
    printer, port, _ = opened(GOOD)
    port._answers = OUT
    assert printer.print_slip(SLIP) == JobOutcome(
        PrintState.UNKNOWN, "printer.paper_out", len(SLIP)
    )


def test_only_the_answer_behind_the_slip_says_that_it_is_out() -> None:
    printer, port, _ = opened({**GOOD, ASK_DONE: b"\x00", SLIP + ASK_DONE: b"\x00"})
    assert printer.print_slip(SLIP) == JobOutcome(PrintState.PRINTED, None, len(SLIP))
    assert port.writes == [SLIP + ASK_DONE]


def test_a_printer_well_again_that_lost_the_slip_is_unknown() -> None:
    """Power-cycled in the middle: it says that it is well, and nothing of the slip."""
    printer, port, _ = opened({**GOOD, ASK_DONE: b"\x00"})
    outcome = printer.print_slip(SLIP)
    assert outcome == JobOutcome(PrintState.UNKNOWN, "printer.silent", len(SLIP))
    assert port.writes.count(SLIP + ASK_DONE) == 1


@pytest.mark.parametrize(("written", "state"), [(0, PrintState.FAILED), (3, PrintState.UNKNOWN)])
def test_a_cut_line_is_unknown_only_once_bytes_have_left(written: int, state: PrintState) -> None:
    class Cut(LoopbackTransport):
        def write(self, data: bytes, timeout: float) -> None:
            if data == SLIP:
                raise DeviceError("port.lost", written=written)
            super().write(data, timeout)

    printer = TicketPrinter(Cut(GOOD), timings=QUICK)
    printer.open()
    assert printer.print_slip(SLIP) == JobOutcome(state, "port.lost", written)


def test_opening_a_silent_printer_is_an_error() -> None:
    port = LoopbackTransport({ENABLE_ASB: bytes.fromhex("10000000")})
    with pytest.raises(DeviceError) as caught:
        TicketPrinter(port, timings=QUICK).open()
    assert caught.value.code == "printer.silent"


def test_a_babbling_line_ends_in_silence_not_for_ever() -> None:
    class Babble(LoopbackTransport):
        def read(self, most: int, timeout: float) -> bytes:
            return b"\xff" * most

    with pytest.raises(DeviceError) as caught:
        TicketPrinter(Babble(), timings=QUICK).open()
    assert caught.value.code == "printer.silent"


def test_every_code_has_both_languages() -> None:
    for code, fault in FAULTS.items():
        assert code.islower()
        assert any("\u4e00" <= character <= "\u9fff" for character in fault.zh)
        assert fault.en
        assert not any("\u3000" <= character <= "\uffef" for character in fault.en)
