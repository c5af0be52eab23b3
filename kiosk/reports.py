"""From a device's health to what the server and the manager are told of it."""

from devices.errors import FAULTS
from devices.health import Health
from queue_server.domain.values import Ms
from queue_server.protocol.views import DeviceReport


def report(kind: str, driver: str, port: str, health: Health) -> DeviceReport:
    """What is reported of the device at `port`; its sentences come from its fault's code."""
    fault = FAULTS.get(health.code or "")
    last = health.last_error_at
    return DeviceReport(
        kind=kind,
        name=port,
        state=health.state.value,
        since=Ms(int(health.since.timestamp() * 1000)),
        code=health.code or "",
        zh=fault.zh if fault else "",
        en=fault.en if fault else "",
        driver=driver,
        port=port,
        firmware=health.firmware,
        facts=dict(health.facts),
        last_error=health.last_error or "",
        last_error_at=Ms(int(last.timestamp() * 1000)) if last else None,
    )
