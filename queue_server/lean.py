"""Keeps out of the server's memory what its libraries load wherever it happens to be installed."""

import contextlib
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def without(package: str) -> Iterator[None]:
    """Imports within find `package` not installed, unless it is loaded already.

    For an optional dependency that another part of the environment wants. Only at start: threads
    that import it meanwhile would not find it either.
    """
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # how Python marks what cannot be found
    try:
        yield
    finally:
        del sys.modules[package]
