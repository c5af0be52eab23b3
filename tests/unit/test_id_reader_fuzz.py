"""Every fuzz target returns or raises DeviceError for any bytes, and reaches its parser's depth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import FAULTS, DeviceError
from devices.id_reader.fuzz import TARGETS


def feed(name: str, data: bytes) -> None:
    try:
        TARGETS[name](data)
    except DeviceError as error:
        code = error.code
    else:
        return
    assert code in FAULTS


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=400))
def test_any_bytes(name: str, data: bytes) -> None:
    feed(name, data)


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("size", [0, 1, 69, 70, 256, 280, 1284, 2310, 38556, 38862])
def test_sizes_that_mean_something(name: str, size: int) -> None:
    for byte in (b"\0", b" ", b"\xaa", b"0", b"\xff"):
        feed(name, byte * size)


def test_a_good_block_is_reached() -> None:
    TARGETS["id_reader.text"](b"\0")
