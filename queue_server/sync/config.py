"""Where the management backend is, and how patiently it is told."""

import math
from pathlib import Path
from urllib.parse import urlsplit

import msgspec


class SyncConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The `[sync]` table of the server's configuration. Times are seconds."""

    address: str
    """HTTPS address of the backend, such as `https://city.example/hall-events`."""
    token_file: Path
    """File that holds the bearer token and nothing else; read again after a refusal."""
    ca_file: Path | None = None
    """PEM file of the authorities to trust; the system's own where not given."""
    gzip: bool = False
    """Whether bodies are compressed."""
    max_events: int = 500
    """Most events in one request."""
    max_bytes: int = 512 * 1024
    """Most bytes of JSON in one request; a single larger event is sent alone."""
    linger: float = 0.2
    """How long to gather further events before a request."""
    connect_timeout: float = 10.0
    answer_timeout: float = 60.0
    """For a whole request, from its first byte to the answer's last."""
    first_delay: float = 0.5
    """Before the first retry; doubles up to `longest_delay`."""
    longest_delay: float = 60.0
    operator_delay: float = 60.0
    """Between tries while only a person can help."""

    def problems(self) -> list[tuple[str, str, str]]:
        """Every mistake: option, what is wrong in Chinese, in English."""
        found: list[tuple[str, str, str]] = []
        try:
            url = urlsplit(self.address)
            good = url.scheme == "https" and url.hostname is not None and url.port != 0
            good = good and not (url.query or url.fragment or url.username or url.password)
        except ValueError:
            good = False
        if not good:
            zh = "须为 https://主机[:端口][/路径]，不含用户名与查询参数"
            en = "must be https://host[:port][/path] without user, query or fragment"
            found.append(("address", zh, en))
        found.extend(
            (option, "须至少为 1", "must be at least 1")
            for option in ("max_events", "max_bytes")
            if getattr(self, option) < 1
        )
        for option in ("connect_timeout", "answer_timeout", "first_delay", "operator_delay"):
            value: float = getattr(self, option)
            if not (math.isfinite(value) and value > 0):
                found.append((option, "须大于 0", "must be more than 0"))
        if not (math.isfinite(self.linger) and self.linger >= 0):
            found.append(("linger", "不得小于 0", "must not be less than 0"))
        if not (math.isfinite(self.longest_delay) and self.longest_delay >= self.first_delay):
            zh, en = "不得小于 first_delay", "must not be less than first_delay"
            found.append(("longest_delay", zh, en))
        return found
