"""A device's health as the wire tells it."""

from datetime import datetime

from devices.errors import FAULTS
from devices.health import Health
from queue_server.domain.values import Ms
from queue_server.protocol.views import DeviceReport


def report_of(kind: str, name: str, driver: str, port: str, health: Health) -> DeviceReport:
    """`kind` as on the wire (`call_line`, `led`, `voice`); codes get their sentences."""
    fault = FAULTS.get(health.code or "")
    return DeviceReport(
        kind=kind,
        name=name,
        state=health.state.value,
        since=_ms(health.since),
        code=health.code or "",
        zh=fault.zh if fault else "",
        en=fault.en if fault else "",
        driver=driver,
        port=port,
        firmware=health.firmware,
        facts=dict(health.facts),
        last_error=health.last_error or "",
        last_error_at=_ms(health.last_error_at) if health.last_error_at else None,
    )


def _ms(at: datetime) -> Ms:
    return Ms(int(at.timestamp() * 1000))
