"""How a line is tuned, and what it counts."""

from enum import StrEnum

import msgspec


class Echo(StrEnum):
    """Whether devices echo what the host says (?). `auto`: an address that ever did must; one that
    never did is told once and not waited for again."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class LineTimings(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds. All are guesses to be tuned on hardware (?)."""

    gap: float = 0.005
    """Silence between frames; five bytes at 9600 baud."""
    inside_frame: float = 0.05
    """Silence after which a frame that has begun is given up."""
    acknowledgement: float = 0.15
    """How long a device may take to echo, counted from our last bit."""
    duplicate: float = 2.0
    """The same frame again within this time of the last is the device's retransmission: whether it
    heard our acknowledgement cannot be known. A person who presses the same key so soon is taken
    for one: acknowledged, and not done again. That is the safer mistake: a second 呼叫 would end a
    service of a second and call the next citizen for nothing, and a beep would tell a device whose
    acknowledgement was lost that its call had failed. The display shows what was done."""
    patience: float = 3.0
    """How long an unanswered press stays the same press; later ones are new."""
    own_echo: float = 0.04
    """An answer heard again this soon is our own voice on a two-wire adapter."""
    stale: float = 5.0
    """Beeps and calls for a rating that could not be said by then are dropped."""
    refresh: float = 30.0
    """Each display is said again this often: a device that was without power shows it again."""
    retry: float = 5.0
    """The same for an address that does not answer."""


class Counts(msgspec.Struct):
    """What the line did since it was opened first."""

    sent: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0
    frames: int = 0
    bad: int = 0
    noise: int = 0
    duplicates: int = 0
    unknown: int = 0
