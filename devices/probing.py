"""Which driver is answered on a port, and what a driver fits by its looks."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from devices.errors import DeviceError
from devices.health import Diagnosis, State, state_of
from devices.ports import FoundPort, holders_of
from devices.registry import AnyDriver, options_of


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking one port by one driver: a state, or the code of why there is none.

    `answered` is false where the port could only be opened: such a device never says anything.
    """

    port: str
    driver: str
    answered: bool = False
    state: State | None = None
    code: str | None = None
    detail: str = ""
    firmware: str = ""
    facts: dict[str, str] = {}


def fitting(port: FoundPort, drivers: Iterable[AnyDriver]) -> tuple[str, ...]:
    """Names of drivers that know this port by its USB numbers or its class; no byte is sent."""
    return tuple(
        f"{driver.kind}.{driver.name}"
        for driver in drivers
        if (port.vendor, port.product) in driver.usb
        or (driver.kind == "printer" and port.is_printer)
        or (driver.kind == "camera" and port.kind == "camera")
    )


def probe(
    port: str, drivers: Iterable[AnyDriver], values: Mapping[str, object] | None = None
) -> Iterator[Answer]:
    """Ask a port by each driver in turn, as each is done. A port that another program holds is
    left alone: one answer `port.busy` says who has it. Drivers for other kinds of ports are
    passed over."""
    if held := holders_of(port):
        who = ", ".join(f"{holder.program} ({holder.pid})" for holder in held)
        yield Answer(port=port, driver="", code="port.busy", detail=who)
        return
    for driver in drivers:
        name = f"{driver.kind}.{driver.name}"
        try:
            found = driver.probe(options_of(driver, {**(values or {}), "port": port}))
        except DeviceError as error:
            if error.code not in ("port.invalid", "camera.port"):
                yield Answer(port=port, driver=name, code=error.code, detail=error.detail)
            continue
        yield _answer(port, driver, found)


def _answer(port: str, driver: AnyDriver, found: Diagnosis) -> Answer:
    return Answer(
        port=port,
        driver=f"{driver.kind}.{driver.name}",
        answered=driver.answers,
        state=state_of(found),
        code=found.code,
        firmware=found.firmware,
        facts=dict(found.facts),
    )
