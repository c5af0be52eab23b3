"""How an area's voice speaks: languages, repetition, hours, volume, output."""

from datetime import time
from enum import StrEnum
from typing import Annotated

import msgspec

from devices.driver import DeviceOptions

ClockTime = Annotated[
    str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="local time, HH:MM")
]
Volume = Annotated[int, msgspec.Meta(ge=0, le=100)]


class Languages(StrEnum):
    """What an announcement is said in, in this order."""

    ZH = "zh"
    ZH_EN = "zh+en"
    EN = "en"


class QuietHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From `begin` until before `end`, over midnight where `end` is earlier."""

    begin: ClockTime
    end: ClockTime
    chime: Annotated[
        bool, msgspec.Meta(description="the chime still sounds; nothing is spoken")
    ] = False

    def holds(self, clock: time) -> bool:
        """Whether `clock` lies within."""
        now, begin, end = clock.strftime("%H:%M"), self.begin, self.end
        return begin <= now < end if begin <= end else now >= begin or now < end


class VolumeFrom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The volume from this time of day until the next entry's."""

    begin: ClockTime
    volume: Volume


class VoiceOptions(DeviceOptions, frozen=True, kw_only=True):
    """One area's voice. `port` is `alsa:DEVICE`, `wav:FILE.wav`, `wav:FOLDER`, `null:` or
    `exec:PROGRAM` (see devices.voice.output)."""

    port: str = "alsa:default"
    pack: Annotated[
        str, msgspec.Meta(description="folder of the clip pack; empty: the one that is shipped")
    ] = ""
    languages: Languages = Languages.ZH_EN
    repeats: Annotated[
        int, msgspec.Meta(ge=1, le=3, description="how often a call is said in one announcement")
    ] = 2
    once_beyond: Annotated[
        int, msgspec.Meta(ge=0, le=100, description="said once while more calls than this wait")
    ] = 3
    joined: Annotated[
        int, msgspec.Meta(ge=1, le=8, description="most calls joined into one announcement")
    ] = 4
    stale_after: Annotated[
        float, msgspec.Meta(gt=0, le=3600, description="seconds after which a call is not said")
    ] = 90.0
    notice_stale_after: Annotated[
        float, msgspec.Meta(gt=0, le=86400, description="seconds after which a notice is not said")
    ] = 600.0
    most_waiting: Annotated[
        int, msgspec.Meta(ge=1, le=1000, description="beyond this the oldest waiting is dropped")
    ] = 200
    one_as_yao: Annotated[
        bool, msgspec.Meta(description="the digit 1 is said yāo (幺) in ticket numbers")
    ] = False
    kokoro: Annotated[
        str, msgspec.Meta(description="folder that `hall voice install` filled; empty: its default")
    ] = ""
    text_timeout: Annotated[
        float, msgspec.Meta(gt=0, le=600, description="seconds to make the sound of one free text")
    ] = 60.0
    quiet: tuple[QuietHours, ...] = ()
    volumes: tuple[VolumeFrom, ...] = ()
    """Empty: always 100."""

    def volume_at(self, clock: time) -> int:
        """The volume in force at a time of day; before the day's first entry, the last one's."""
        if not self.volumes:
            return 100
        table = sorted(self.volumes, key=lambda entry: entry.begin)
        now = clock.strftime("%H:%M")
        return [table[-1], *(entry for entry in table if entry.begin <= now)][-1].volume

    def quiet_at(self, clock: time) -> QuietHours | None:
        """The quiet hours in force; the stricter ones where two overlap."""
        held = [hours for hours in self.quiet if hours.holds(clock)]
        return min(held, key=lambda hours: hours.chime, default=None)
