"""LED screens: the contract for each make, and the newest content on a screen that comes back."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.backoff import Backoff
from devices.driver import Simulator
from devices.errors import DeviceError
from devices.health import Health, OnHealth, State
from devices.led.listener import ListeningPanel
from devices.led.onbon import OnbonPanel, OnbonTimings
from devices.led.plain import eq_text, strip_text
from devices.led.screen import LedScreen, Panel, Shown
from devices.led.simulator import ListenerSimulator, OnbonSimulator, decode_eq, decode_strip
from devices.led.text import Colour, Content, Line
from devices.template.template import read_template
from devices.transport import parse_port
from tests.integration.device_contract import DeviceContract, Healths, Supervised

QUICK = OnbonTimings(answer=0.3, busy=0.05)
GREEN = (Line("请A012到3号窗口", Colour.GREEN),)


def onbon(port: str, tries: int = 2) -> OnbonPanel:
    return OnbonPanel(parse_port(port), timings=QUICK, tries=tries)


def screen(panel: Panel, on_health: OnHealth) -> LedScreen:
    return LedScreen(panel, on_health, poll=0.1, refresh=0.3, backoff=Backoff(0.05, 0.1))


class TestOnbon(DeviceContract):
    silent_code = "led.silent"

    def simulator(self, spec: str) -> Simulator:
        return OnbonSimulator(spec)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        return screen(onbon(port), on_health)


class TestEq(DeviceContract):
    silent_code = None

    def simulator(self, spec: str) -> Simulator:
        return ListenerSimulator(spec, decode=decode_eq)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        panel = ListeningPanel(parse_port(port), lambda content: eq_text(1, content))
        led = screen(panel, on_health)
        led.show([Line("1")])
        return led


class TestStrip(TestEq):
    def simulator(self, spec: str) -> Simulator:
        return ListenerSimulator(spec, decode=decode_strip)

    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        panel = ListeningPanel(parse_port(port), lambda content: strip_text(1, content))
        return screen(panel, on_health)


class TestTemplated(TestEq):
    def driver(self, port: str, on_health: OnHealth) -> Supervised:
        template = read_template("eq")
        panel = ListeningPanel(parse_port(port), lambda content: template.text(1, content))
        return screen(panel, on_health)


@pytest.fixture(params=["tcp", "pty"])
def controller(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OnbonSimulator]:
    simulator = OnbonSimulator(f"pty:{tmp_path}/led" if request.param == "pty" else "tcp", slow=0.1)
    simulator.start()
    yield simulator
    simulator.stop()


@contextmanager
def opened(controller: OnbonSimulator, tries: int = 3) -> Iterator[OnbonPanel]:
    panel = onbon(controller.port, tries)
    panel.open()
    yield panel
    panel.close()


@contextmanager
def at_work(panel: Panel) -> Iterator[tuple[LedScreen, Healths]]:
    healths = Healths()
    led = screen(panel, healths)
    led.start()
    try:
        yield led, healths
    finally:
        led.stop()


def test_text_colours_and_dark(controller: OnbonSimulator) -> None:
    content: Content = (Line("请A012", Colour.GREEN), Line("到3号窗口", Colour.YELLOW))
    with opened(controller) as panel:
        assert panel.show(content) == Shown(True)
        assert controller.screen.shown == content
        assert panel.show((Line("𠮷"),)) == Shown(True, ("𠮷",))
        assert controller.screen.text == ("□",)
        assert panel.show(()) == Shown(True)
        assert controller.screen.shown == ()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("nak", "led.rejected"),
        ("busy", "led.busy"),
        ("bad-crc", "led.corrupt"),
        ("silent", "led.silent"),
    ],
)
def test_what_goes_wrong_has_its_code(controller: OnbonSimulator, fault: str, code: str) -> None:
    with opened(controller) as panel:
        controller.set_fault(fault)
        with pytest.raises(DeviceError) as caught:
            panel.show(GREEN)
        assert caught.value.code == code
        tried = sum(request[:2] == b"\xa3\x06" for request in controller.requests)
        assert tried == (0 if fault == "silent" and not tried else 1 if fault == "nak" else 3)
        controller.set_fault("none")
        assert panel.show(GREEN) == Shown(True)
        assert controller.screen.shown == GREEN


def test_a_slow_controller_is_waited_for(controller: OnbonSimulator) -> None:
    with opened(controller) as panel:
        controller.set_fault("slow")
        assert panel.show(GREEN) == Shown(True)


def test_a_screen_that_refuses_has_failed_and_is_not_gone(controller: OnbonSimulator) -> None:
    with at_work(onbon(controller.port)) as (led, healths):
        healths.until(lambda states: State.OK in states)
        controller.set_fault("busy")
        led.show(GREEN)
        # Pings are refused too: it is told as busy, and served again once it is not.
        healths.until(lambda states: states[-1] in (State.FAILED, State.GONE))
        controller.set_fault("none")
        controller.screen.wait_for(lambda s: s.shown == GREEN)
        healths.until(lambda states: states[-1] is State.OK)


def test_cut_in_the_midst_of_an_answer_it_comes_back_with_the_newest(
    controller: OnbonSimulator,
) -> None:
    with at_work(onbon(controller.port)) as (led, healths):
        healths.until(lambda states: State.OK in states)
        controller.set_fault("cut")
        led.show([Line("1")])
        led.show([Line("2")])
        controller.screen.wait_for(lambda s: s.text == ("2",))
        controller.stop()
        healths.until(lambda states: states[-1] is State.GONE)
        for number in range(3, 9):
            led.show([Line(str(number))])
        written = controller.screen.writes
        controller.screen.darken()
        controller.start()
        controller.screen.wait_for(lambda s: s.text == ("8",))
        assert controller.screen.writes == written + 1, "only the newest"


def test_a_screen_that_only_listens_is_told_again(tmp_path: Path) -> None:
    simulator = ListenerSimulator(f"pty:{tmp_path}/led", decode=decode_eq)
    simulator.start()
    panel = ListeningPanel(parse_port(simulator.port), lambda content: eq_text(1, content))
    told: queue.SimpleQueue[tuple[Content, Shown]] = queue.SimpleQueue()
    healths: list[Health] = []
    led = LedScreen(
        panel,
        healths.append,
        poll=0.05,
        refresh=0.1,
        on_shown=lambda content, shown: told.put((content, shown)),
    )
    led.start()
    led.show(GREEN)
    try:
        assert told.get(timeout=30) == (GREEN, Shown(None))
        simulator.screen.wait_for(lambda s: s.shown == GREEN)
        simulator.screen.darken()
        simulator.screen.wait_for(lambda s: s.shown == GREEN)
        assert "cannot be known" in dict(healths[-1].facts)["answers"]
    finally:
        led.stop()
        simulator.stop()
