"""Whether the queue server is there and can write."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from devices.doctor.finding import Finding, Patient, note, ok, todo

_TIMEOUT: Final = 5.0
_WEB_AFTER_PUSH: Final = 1
"""The server's web port is the one after its push port, unless it is told otherwise."""


def health_address(server: str) -> str:
    """Where `/healthz` is for a server's ws:// or http:// address; empty for what is neither."""
    parts = urlsplit(server)
    if parts.scheme in ("http", "https") and parts.hostname:
        return f"{server.rstrip('/')}/healthz"
    if parts.scheme in ("ws", "wss") and parts.hostname:
        scheme = "https" if parts.scheme == "wss" else "http"
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return f"{scheme}://{host}:{(parts.port or 8700) + _WEB_AFTER_PUSH}/healthz"
    return ""


def server(patient: Patient) -> Iterator[Finding]:
    """Ask `/healthz`; 503 means that it runs and cannot write."""
    if not patient.server:
        yield note("server", "没有指定服务器，未检查", "No server was named: not asked", "--server")
        return
    address = health_address(patient.server)
    if not address:
        yield todo(
            "server", f"服务器地址不对：{patient.server}", f"Not an address: {patient.server}",
            "ws://HOST:8700, http://HOST:8701",
        )  # fmt: skip
        return
    try:
        with urllib.request.urlopen(address, timeout=_TIMEOUT):  # noqa: S310 - http(s) alone
            yield ok("server", "排队服务器正常", "The queue server is well", address)
    except urllib.error.HTTPError as error:
        error.close()
        yield todo(
            "server", "排队服务器在运行，但不能写入，请检查其磁盘与日志",
            "The queue server runs but cannot write; look at its disk and its log",
            detail=f"{address}: {error.code}",
        )  # fmt: skip
    except OSError as error:
        yield todo(
            "server", "连不上排队服务器，请检查网络和服务器是否已启动",
            "The queue server cannot be reached; check the network, and whether it runs",
            detail=f"{address}: {error}",
        )  # fmt: skip
