"""Ports and drivers as a technician reads them: tables for the eye, structs for --json."""

import unicodedata
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import inspect

from devices.ports import FoundPort, Holder
from devices.probing import Answer, fitting
from devices.registry import AnyDriver, Registry


class ListedPort(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `hall devices list`."""

    port: str
    node: str
    kind: str
    title: str
    vendor: int | None
    product: int | None
    holders: tuple[Holder, ...]
    drivers: tuple[str, ...]


class ListedOption(msgspec.Struct, frozen=True, kw_only=True):
    """One option of a driver's configuration."""

    name: str
    type: str
    default: object
    description: str


class ListedDriver(msgspec.Struct, frozen=True, kw_only=True):
    """One driver of `hall devices drivers`."""

    name: str
    zh: str
    en: str
    has_simulator: bool
    options: tuple[ListedOption, ...]


def listed_ports(ports: Iterable[FoundPort], registry: Registry) -> list[ListedPort]:
    """Ports with the drivers that know them."""
    return [
        ListedPort(
            port=port.port,
            node=port.node,
            kind=port.kind,
            title=port.title,
            vendor=port.vendor,
            product=port.product,
            holders=port.holders,
            drivers=fitting(port, registry.drivers.values()),
        )
        for port in ports
    ]


def listed_driver(driver: AnyDriver) -> ListedDriver:
    """A driver with its options: type, default and text of each."""
    kind = inspect.type_info(driver.options)
    assert isinstance(kind, inspect.StructType)
    return ListedDriver(
        name=f"{driver.kind}.{driver.name}",
        zh=driver.zh,
        en=driver.en,
        has_simulator=driver.simulate is not None,
        options=tuple(_option(field) for field in kind.fields),
    )


def _option(field: inspect.Field) -> ListedOption:
    described, text = field.type, ""
    while isinstance(described, inspect.Metadata):
        text = (described.extra_json_schema or {}).get("description", text)
        described = described.type
    default: object = None
    if field.default is not msgspec.NODEFAULT:
        default = msgspec.to_builtins(field.default)
    elif field.default_factory is not msgspec.NODEFAULT:
        default = msgspec.to_builtins(field.default_factory())
    name = type(described).__name__.removesuffix("Type").lower()
    if isinstance(described, inspect.LiteralType):
        name = "|".join(map(str, described.values))
    return ListedOption(name=field.encode_name, type=name, default=default, description=text)


def port_table(ports: Sequence[ListedPort]) -> str:
    """The table of `list`."""
    rows = [("端口 PORT", "是什么 WHAT", "驱动 DRIVER", "占用 HELD BY")]
    for port in ports:
        numbers = f"{port.vendor:04x}:{port.product:04x} " if port.vendor is not None else ""
        held = ", ".join(f"{holder.program} ({holder.pid})" for holder in port.holders)
        rows.append((port.port, numbers + port.title, ", ".join(port.drivers), held))
    return table(rows)


def answer_table(answers: Sequence[Answer]) -> str:
    """The table of `probe`."""
    rows = [("端口 PORT", "驱动 DRIVER", "状态 STATE", "")]
    for answer in answers:
        told = [answer.code or "", answer.detail, answer.firmware]
        told += [f"{name}={value}" for name, value in answer.facts.items()]
        state = answer.state.value if answer.state else "—"
        if answer.state and not answer.answered:
            state = "未应答 opened only"
        rows.append((answer.port, answer.driver, state, " ".join(t for t in told if t)))
    return table(rows)


def driver_table(drivers: Sequence[ListedDriver]) -> str:
    """The list of `drivers`: each with its options beneath it."""
    blocks = []
    for driver in drivers:
        rows = [
            (f"  {o.name}", o.type, msgspec.json.encode(o.default).decode(), o.description)
            for o in driver.options
        ]
        blocks.append(f"{driver.name}  {driver.zh}  {driver.en}\n{table(rows)}")
    return "\n\n".join(blocks)


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows in columns, a Chinese character two wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
