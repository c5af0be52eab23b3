"""Every limit of the doors, with its default. The `[limits]` table of the configuration."""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of one connection, and of all together."""

    frame_bytes: int = 65536
    """Largest frame or body taken from a program."""
    hello_seconds: float = 5.0
    """How long a connection may stay without saying who it is."""
    connections: int = 4000
    """Programs connected at once."""
    strangers: int = 1000
    """Connections of the push door that have not been welcomed yet; beyond, the oldest is cut."""
    web_connections: int = 500
    """Connections of the HTTP door; beyond, the one longest without a whole request is cut."""
    request_seconds: float = 10.0
    """How long a whole HTTP request may take to arrive."""
    answer_seconds: float = 60.0
    """How long its answer may take to be fetched."""
    per_second: float = 100.0
    """Requests a second that one connection may keep up."""
    burst: int = 200
    """Requests it may send at once."""
    under_way: int = 100
    """Requests it may have unanswered."""
    buffer_bytes: int = 1048576
    """Unsent bytes after which a slow reader is dropped."""
    devices: int = 100
    """Devices one program may report."""
    sweep_seconds: float = 1.0
    """How often slow and revoked connections are looked for."""
