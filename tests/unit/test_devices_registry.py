"""Drivers are found by entry point; one that cannot be loaded stops no other."""

import sys
from importlib.metadata import EntryPoint, distributions
from pathlib import Path

import pytest

from devices.driver import DeviceOptions, Driver
from devices.errors import DeviceError
from devices.health import Diagnosis
from devices.registry import GROUP, KINDS, Registry, find_drivers, options_of
from tests.integration import echo_kind


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, GROUP)


ECHO = point("echo.plain", "tests.integration.echo_kind:ECHO")
NOTHING = point("echo.dumb", "tests.integration.echo_kind:NOTHING")


def driver(kind: str, name: str, *, is_default: bool = False) -> Driver[DeviceOptions]:
    return Driver(
        kind=kind,
        name=name,
        zh="",
        en="",
        options=DeviceOptions,
        probe=lambda _: Diagnosis(),
        test=lambda _, __: {},
        is_default=is_default,
    )


def test_a_registered_driver_is_found_by_kind_and_name() -> None:
    registry = find_drivers([ECHO, NOTHING])
    assert not registry.broken
    assert registry.get("echo", "dumb").name == "dumb"
    assert registry.get("echo").name == "plain", "the default one"
    assert [d.name for d in registry.of("echo")] == ["plain", "dumb"]
    assert registry.drivers["echo.plain"].options is echo_kind.EchoOptions


def test_strangers_that_fail_are_told_beside_those_that_work(tmp_path: Path) -> None:
    (tmp_path / "shop_of_horrors.py").write_text("raise SystemError('boom')\n")
    (tmp_path / "shop_of_words.py").write_text("DRIVER = 'scale'\n")
    sys.path.insert(0, str(tmp_path))
    try:
        registry = find_drivers(
            [
                point("scale.a", "shop_of_horrors:DRIVER"),
                point("scale.b", "shop_nowhere:DRIVER"),
                point("scale.c", "shop_of_words:DRIVER"),
                point("scale.d", "shop_of_words:OTHER"),
                point("scale.e", "tests.integration.echo_kind:ECHO"),
                ECHO,
                ECHO,
            ]
        )
    finally:
        sys.path.remove(str(tmp_path))
    assert list(registry.drivers) == ["echo.plain"]
    reasons = {broken.name: broken.reason for broken in registry.broken}
    assert reasons["scale.a"] == "SystemError: boom"
    assert "shop_nowhere" in reasons["scale.b"]
    assert reasons["scale.c"] == "not a Driver but str"
    assert "OTHER" in reasons["scale.d"]
    assert reasons["scale.e"] == "says it is echo.plain"
    assert reasons["echo.plain"] == "registered twice"


def test_a_third_party_package_is_found_by_its_metadata(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shop_scale.py").write_text("from tests.integration.echo_kind import ECHO\n")
    info = tmp_path / "shop-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shop\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\necho.plain = shop_scale:ECHO\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert find_drivers().drivers["echo.plain"] is echo_kind.ECHO


def test_an_unknown_driver_is_named_with_the_known() -> None:
    registry = find_drivers([ECHO])
    with pytest.raises(DeviceError, match=r"driver\.unknown: echo loud; known: plain"):
        registry.get("echo", "loud")
    with pytest.raises(DeviceError, match="known: none"):
        registry.get("scale")


def test_kinds_come_in_the_halls_order() -> None:
    drivers = [driver("zebra", "a"), driver("voice", "a"), driver("printer", "a")]
    registry = Registry({f"{d.kind}.{d.name}": d for d in drivers})
    assert registry.kinds == ("printer", "voice", "zebra")


def test_without_a_default_the_first_by_name_is_taken() -> None:
    drivers = [driver("led", "strip"), driver("led", "eq")]
    assert Registry({d.name: d for d in drivers}).get("led").name == "eq"


def test_options_are_typed_and_a_mistake_names_its_field() -> None:
    echo = find_drivers([ECHO]).get("echo")
    assert options_of(echo, {"port": "tcp:h:1", "patience": "2.5"}) == echo_kind.EchoOptions(
        port="tcp:h:1", patience=2.5
    )
    with pytest.raises(DeviceError, match="patience") as caught:
        options_of(echo, {"patience": "0"})
    assert caught.value.code == "driver.options"
    with pytest.raises(DeviceError, match="volume"):
        options_of(echo, {"volume": "11"})


@pytest.mark.skipif(
    not any(d.name == "hall" for d in distributions()), reason="./hall setup was not run here"
)
def test_every_driver_of_ours_loads() -> None:
    registry = find_drivers()
    assert not registry.broken
    assert {driver.kind for driver in registry.drivers.values()} <= set(KINDS)
