"""Configuration of the LED screens, one flat table a driver."""

from typing import Annotated

from msgspec import Meta

from devices.driver import DeviceOptions
from devices.led.onbon_protocol import Address, Area


class OnbonOptions(DeviceOptions, frozen=True, kw_only=True):
    """An Onbon BX-5 controller and the dynamic area that is ours; lengths in pixels."""

    screen: Annotated[int, Meta(ge=0, le=0xFFFF, description="屏号 screen number")] = 1
    source: Annotated[int, Meta(ge=0, le=0xFFFF, description="our own number")] = 0x8000
    device_type: Annotated[int, Meta(ge=0, le=0xFF, description="254: any controller")] = 0xFE
    display_mode: Annotated[int, Meta(ge=0, le=1, description="1: before the programme")] = 0
    area: Annotated[int, Meta(ge=0, le=0xFF, description="动态区编号 dynamic area")] = 0
    x: Annotated[int, Meta(ge=0, le=0x7FFF, description="left edge, pixels")] = 0
    y: Annotated[int, Meta(ge=0, le=0x7FFF, description="upper edge, pixels")] = 0
    width: Annotated[int, Meta(ge=1, le=0x7FFF, description="宽 pixels")] = 64
    height: Annotated[int, Meta(ge=1, le=0x7FFF, description="高 pixels")] = 32
    line_gap: Annotated[int, Meta(ge=0, le=0xFF, description="行间距 pixels")] = 0
    align: Annotated[
        int, Meta(ge=0, le=15, description="bits 0-1 across, 2-3 down: 0 start, 1 end, 2 middle")
    ] = 0
    wrap: Annotated[bool, Meta(description="自动换行 break long lines")] = False
    effect: Annotated[
        int, Meta(ge=1, le=0xFF, description="1 still, 2 at once, 3 left, 4 right, 5 up, 6 down")
    ] = 1
    speed: Annotated[int, Meta(ge=0, le=0xFF, description="速度")] = 10
    stay: Annotated[int, Meta(ge=0, le=0xFF, description="停留时间")] = 0
    tries: Annotated[int, Meta(ge=1, le=10, description="a request is said so often")] = 3
    answer_seconds: Annotated[float, Meta(gt=0, le=30, description="wait for an answer")] = 2.0

    def to_area(self) -> Area:
        """The dynamic area."""
        return Area(
            id=self.area,
            x=self.x,
            y=self.y,
            width=self.width,
            height=self.height,
            line_gap=self.line_gap,
            align=self.align,
            is_wrapped=self.wrap,
            effect=self.effect,
            speed=self.speed,
            stay=self.stay,
        )

    def to_address(self) -> Address:
        """The frame's own fields."""
        return Address(
            screen=self.screen,
            source=self.source,
            display_mode=self.display_mode,
            device_type=self.device_type,
        )


class EqOptions(DeviceOptions, frozen=True, kw_only=True):
    """An EQ screen; 9600 baud unless the port says otherwise (?)."""

    address: Annotated[int, Meta(ge=0, le=999, description="屏地址; 999: all")] = 1


class StripOptions(DeviceOptions, frozen=True, kw_only=True):
    """A plain RS-485 strip; 9600 baud unless the port says otherwise (?)."""

    address: Annotated[int, Meta(ge=0, le=255, description="屏地址")] = 1
