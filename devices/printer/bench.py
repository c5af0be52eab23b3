"""How fast a slip becomes bytes, for `hall bench devices`."""

import time
from datetime import datetime
from statistics import median
from typing import Final

import msgspec

from devices.printer.escpos import PAPER_58, PAPER_80, Qr, Style
from devices.printer.layout import Bilingual, Slip
from devices.printer.raster import NotoRasteriser
from devices.printer.typeset import Typesetter

SLIP: Final = Slip(
    hall=Bilingual("演示市政务服务大厅", "Demo City Service Hall"),
    area=Bilingual("一层A区", "Floor 1, area A"),
    department=Bilingual("公安局", "Public Security"),
    service=Bilingual("居民身份证换领", "ID card renewal"),
    number="A012",
    ahead=12,
    taken_at=datetime(2026, 1, 5, 9, 30),  # noqa: DTZ001 - printed as given
    wait=Bilingual("预计等待约10至25分钟", "about 10 to 25 minutes"),
    notices=(Bilingual("过号请到导办台咨询。", "If you missed your call, ask at the help desk."),),
    qr="https://hall.example/t/7f3k9",
    name="张*",
)


class TicketFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One sort of slip: its size, and how long it takes, by the median of the rounds."""

    what: str
    bytes: int
    ms: float
    tickets_per_second: float
    bytes_per_second: float


def tickets(rounds: int = 7, each: int = 20) -> tuple[TicketFigures, ...]:
    """Slip → bytes with fonts loaded: both papers, both QR codes, a common and a rare name."""
    fonts = NotoRasteriser()
    fonts.warm_up()
    found = []
    for paper in (PAPER_80, PAPER_58):
        for qr in Qr:
            setter = Typesetter(paper, Style(qr=qr), rasteriser=fonts)
            for name in ("张*", "𠮷*"):
                slip = msgspec.structs.replace(SLIP, name=name)
                size = len(setter.encode(slip).data)
                took = median(_seconds(setter, slip, each) for _ in range(rounds))
                kind = "rare name" if name != "张*" else "common name"
                found.append(
                    TicketFigures(
                        what=f"{paper.millimetres} mm, QR {qr}, {kind}",
                        bytes=size,
                        ms=round(took * 1000, 3),
                        tickets_per_second=round(1 / took, 1),
                        bytes_per_second=round(size / took),
                    )
                )
    return tuple(found)


def _seconds(setter: Typesetter, slip: Slip, times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        setter.encode(slip)
    return (time.perf_counter() - began) / times
