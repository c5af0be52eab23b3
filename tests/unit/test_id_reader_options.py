"""The driver's options: what a technician may write, and what each line of it means."""

from collections.abc import Mapping

import msgspec
import pytest

from devices.id_reader.sam import Wanted
from devices.id_reader.spec import DRIVER, SamOptions
from devices.registry import find_drivers


def options(values: Mapping[str, object]) -> SamOptions:
    return msgspec.convert(dict(values), SamOptions, strict=False)


def test_it_is_registered() -> None:
    assert find_drivers().get("id-reader") is DRIVER


def test_nothing_is_read_that_was_not_asked_for() -> None:
    plain = options({"port": "serial:/dev/ttyS1"})
    assert plain.wanted() == Wanted()
    assert (plain.wanted().fingerprint, plain.wanted().newest_address) == ("no", False)
    assert plain.decoder() is None


def test_every_option_reaches_its_part() -> None:
    given = options(
        {
            "port": "tcp:10.0.0.9:4001", "fingerprint": "keep", "newest_address": "true",
            "chip_number": "1", "lenient_numbers": "true", "photo_library": "/opt/v/libwlt.so",
            "photo_function": "unpack", "photo_arguments": "wlf,out,0xff", "photo_success": "0",
            "photo_order": "rgb", "photo_timeout": "1.5",
        }
    )  # fmt: skip
    assert given.wanted() == Wanted(
        fingerprint="keep", newest_address=True, chip_number=True, lenient_numbers=True
    )
    decoder = given.decoder()
    assert decoder is not None
    assert (decoder.library, decoder.function) == ("/opt/v/libwlt.so", "unpack")
    assert (decoder.arguments, decoder.success, decoder.order) == ("wlf,out,0xff", 0, "rgb")
    assert decoder.timeout == 1.5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("poll", 0.2),
        ("baud", "115200"),
        ("fingerprint", "yes"),
        ("photo_order", "grb"),
        ("photo_timeout", 0),
        ("colour", "blue"),
    ],
)
def test_what_is_no_option_is_refused(name: str, value: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        options({name: value})
