"""A coded screen and one described by a template, at two addresses of one RS-485 port."""

from devices.health import State
from devices.led.simulator import ListenerSimulator, decode_eq
from devices.led.text import Line
from devices.registry import find_drivers
from devices.station.opening import Opener
from devices.station.options import read
from tests.integration.device_contract import Healths


def test_both_open_the_port_and_each_writes_whole_frames() -> None:
    simulator = ListenerSimulator("pty", decode=decode_eq, address=2)
    simulator.start()
    table = {"port": simulator.port, "counter": "1"}
    leds = [{**table, "driver": "eq", "address": 1}, {**table, "driver": "template", "address": 2}]
    options = read({"token": "t", "led": leds}, find_drivers(), {})
    opener, healths = Opener(), [Healths(), Healths()]
    screens = [opener.led(led, health) for led, health in zip(options.leds, healths, strict=True)]
    try:
        for screen in screens:
            screen.start()
        for health in healths:
            health.until(lambda said: said == [State.OK])
        screens[0].show([Line("一号")])
        screens[1].show([Line("二号")])
        simulator.screen.wait_for(lambda screen: "二号" in "".join(screen.text))
    finally:
        for screen in screens:
            screen.stop()
        simulator.stop()
