"""Device reports made to fit the wire: what is too long is shortened, never refused."""

import msgspec
from msgspec import inspect as mi

from .views import DeviceReport

MOST_BYTES = 48 * 1024
"""Of one report frame; a server takes frames of 64 KiB unless told otherwise."""
MOST_FACTS = 16
_LENGTHS = {
    field.name: field.type.max_length
    for field in mi.type_info(DeviceReport).fields  # type: ignore[attr-defined]
    if isinstance(field.type, mi.StrType) and field.type.max_length is not None
}
_WORD, _PHRASE = 40, 120


def fitting(devices: tuple[DeviceReport, ...]) -> tuple[DeviceReport, ...]:
    """`devices` within the wire's limits: texts cut, then facts and at last whole devices left out.

    Devices that do not work are kept before those that do.
    """
    found = tuple(_shortened(device) for device in devices)
    if len(msgspec.json.encode(found)) <= MOST_BYTES:
        return found
    bare = [msgspec.structs.replace(device, facts={}) for device in found]
    room, kept = MOST_BYTES, set()
    for at in sorted(range(len(bare)), key=lambda at: bare[at].state == "ok"):
        room -= len(msgspec.json.encode(bare[at])) + 1
        if room < 0:
            break
        kept.add(at)
    return tuple(device for at, device in enumerate(bare) if at in kept)


def _shortened(device: DeviceReport) -> DeviceReport:
    texts = {name: getattr(device, name)[:length] for name, length in _LENGTHS.items()}
    facts = {key[:_WORD]: value[:_PHRASE] for key, value in list(device.facts.items())[:MOST_FACTS]}
    return msgspec.structs.replace(device, **texts, facts=facts)
