"""What may be written about each device in a station's file, besides its driver's own options."""

from typing import Annotated

import msgspec
from msgspec import Meta

from devices.station.content import Words
from devices.station.keys import Desk
from devices.station.rows import Unit
from queue_server.domain.values import CounterId, ServiceId, StaffId

LEVELS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what is written about one device besides its driver's own options."""

    name: Annotated[str, Meta(description="给管理员看的名称 name for managers", max_length=60)] = ""
    driver: Annotated[str, Meta(description="驱动，空为默认 driver; empty: the kind's own")] = ""


class UnitTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[call_line.unit]]`: one address."""

    address: Annotated[int, Meta(description="线上地址 address on the line", ge=0, le=255)]
    counter: Annotated[str, Meta(description="窗口 its counter", min_length=1)]
    staff: Annotated[
        str, Meta(description="无人签到时按键即签到 signs in at the first key; empty: nobody does")
    ] = ""
    pause_reason: Annotated[
        str, Meta(description="暂停键的理由 the reason a pause is given", min_length=1)
    ] = "短暂休息"
    levels: Annotated[
        dict[str, Annotated[int, Meta(ge=1, le=5)]],
        Meta(description="评价键值对应的等级，5 为非常满意 level by the value the box sends"),
    ] = msgspec.field(default_factory=lambda: {str(k): v for k, v in LEVELS.items()})
    queues: Annotated[
        dict[str, str], Meta(description="转移键前的数字对应的业务 service by number, for transfer")
    ] = msgspec.field(default_factory=dict)

    def unit(self) -> Unit:
        """As the row needs it."""
        return Unit(
            address=self.address,
            levels={int(key): level for key, level in self.levels.items()},
            desk=Desk(
                counter=CounterId(self.counter),
                staff=StaffId(self.staff) if self.staff else None,
                pause_reason=self.pause_reason,
                queues={int(key): ServiceId(name) for key, name in self.queues.items()},
            ),
        )


class LineTable(Table, frozen=True, kw_only=True):
    """`[[call_line]]`: hardware callers and rating boxes on one port."""

    unit: tuple[UnitTable, ...] = ()


class LedTable(Table, frozen=True, kw_only=True):
    """`[[led]]`: the screen over a counter, or one with an area's last calls."""

    counter: Annotated[str, Meta(description="窗口屏 over this counter")] = ""
    area: Annotated[str, Meta(description="区域屏 the last calls of this area")] = ""
    rows: Annotated[int, Meta(description="区域屏显示几个呼叫 calls shown", ge=1, le=8)] = 4
    stale_after: Annotated[
        float, Meta(description="断开几秒后不再显示旧内容 cut off so long: said so", ge=5, le=86400)
    ] = 60.0
    words: Words = Words()


class VoiceTable(Table, frozen=True, kw_only=True):
    """`[[voice]]`: the announcements of an area."""

    area: Annotated[str, Meta(description="区域 its area", min_length=1)]
    fresh: Annotated[
        float, Meta(description="错过超过几秒的呼叫不再播 missed by more: not said", ge=1, le=600)
    ] = 20.0
