"""Which web pages may open the push channel: the server's own, and the configured."""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit


class Origins:
    """The allow-list. A page counts as the server's own under any IP address it was reached by.

    Under a name it has to be listed, for a name may be made to lead here from elsewhere (DNS
    rebinding). Programs send no Origin and are let through; the token still decides.
    """

    def __init__(self, listed: Iterable[str], http_port: int, *, secure: bool) -> None:
        self._listed = frozenset(origin.rstrip("/") for origin in listed)
        self._http_port = http_port
        self._scheme = "https" if secure else "http"

    def allow(self, origin: str | None, host: str | None) -> bool:
        """Whether a request with this `Origin` and `Host` header may go on."""
        if origin is None or origin in self._listed:
            return True
        try:
            page, asked = urlsplit(origin), urlsplit(f"//{host}")
            same = page.scheme == self._scheme and page.port == self._http_port
            return same and _address(page.hostname) == _address(asked.hostname)
        except ValueError:
            return False


def _address(host: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IP address that `host` is. Raises `ValueError` for a name."""
    return ipaddress.ip_address(host or "")
