"""An invented hall for pictures and tests: usual, long-named, crowded and closed in turn."""

from datetime import datetime

import msgspec

from queue_server.domain.values import Area, AreaId, CounterId, Day, Holder, Ms, ServiceId, Text
from queue_server.protocol.views import (
    CounterName,
    HallView,
    QueuesView,
    QueueView,
    RouteView,
    ServiceView,
    StepView,
)

AREA = AreaId("hall")
SERVICES = (
    ("A", "社会保险", "Social insurance", "社会保障", "Social security", "optional"),
    ("A", "医疗保险报销", "Medical insurance claims", "社会保障", "Social security", "required"),
    ("B", "不动产登记", "Real estate registration", "不动产", "Real estate", "required"),
    ("C", "企业开办", "Starting a business", "市场监管", "Market regulation", "optional"),
    ("C", "营业执照变更", "Business licence changes", "市场监管", "Market regulation", "optional"),
    ("C", "食品经营许可", "Food business licence", "市场监管", "Market regulation", "optional"),
    ("D", "公积金提取", "Housing fund withdrawal", "公积金", "Housing fund", "optional"),
    ("E", "出入境证件", "Exit and entry documents", "公安", "Public security", "required"),
    ("E", "户口登记", "Household registration", "公安", "Public security", "required"),
    ("F", "咨询", "Enquiries", "综合服务", "General services", "none"),
)
LONG = Text(
    zh="外商投资企业分支机构设立登记及食品经营许可联合办理",
    en="Joint registration of foreign-invested branch offices with food business licensing",
)
LONG_DEPARTMENT = Text(
    zh="市场监督管理局（知识产权局）行政审批服务科",
    en="Administration for Market Regulation (Intellectual Property Office), Approvals",
)


def _service(place: int, row: tuple[str, ...]) -> ServiceView:
    prefix, zh, en, department_zh, department_en, identity = row
    return msgspec.convert(
        {
            "id": f"s{place}",
            "prefix": prefix,
            "name": {"zh": zh, "en": en},
            "department": {"zh": department_zh, "en": department_en},
            "area": AREA,
            "identity": identity,
            "active": place != 5,
        },
        ServiceView,
    )


def hall(services: tuple[ServiceView, ...], *, name: Text | None = None) -> HallView:
    """An open hall with these services."""
    return HallView(
        name=name or Text(zh="示例市政务服务大厅", en="Shili City Government Service Hall"),
        day=Day("2026-11-22"),
        areas=(Area(id=AREA, name=Text(zh="一楼东区", en="Ground floor, east")),),
        services=services,
        counters=tuple(
            CounterName(
                id=CounterId(f"c{n}"),
                number=n,
                name=Text(zh=f"{n} 号窗口", en=f"Counter {n}"),
                area=AREA,
                services=tuple(s.id for s in services),
            )
            for n in (3, 4, 5)
        ),
    )


def queues(services: tuple[ServiceView, ...]) -> QueuesView:
    """So many people before each."""
    return QueuesView(
        queues=tuple(
            QueueView(
                service=s.id,
                waiting=place * 7 % 23,
                counters_open=0 if place == 3 else 2,
                wait_low_s=None if place % 4 == 3 else place * 400,
                wait_high_s=None if place % 4 == 3 else place * 700 + 50,
                elderly_ahead=place % 3,
                elderly_low_s=None if place % 4 == 3 else place % 3 * 120 + 60,
                elderly_high_s=None if place % 4 == 3 else place % 3 * 240 + 300,
            )
            for place, s in enumerate(services)
        )
    )


def at_half_past(day: int, hour: int) -> Ms:
    """A time of November 2026."""
    return Ms(int(datetime(2026, 11, day, hour, 30).timestamp() * 1000))  # noqa: DTZ001


def limited(services: tuple[ServiceView, ...]) -> QueuesView:
    """Open, few tickets left, outside their hours and full, in turn."""
    plain = queues(services).queues
    shown: list[dict[str, object]] = [
        {"remaining": 40},
        {"closed_reason": "closed_now", "opens_at": at_half_past(22, 13)},
        {"closed_reason": "closed_today", "opens_at": at_half_past(23, 8)},
        {"remaining": 3, "counters_open": 2},
        {"closed_reason": "band_full", "remaining": 0, "opens_at": at_half_past(22, 13)},
        {"closed_reason": "day_full", "remaining": 0, "opens_at": at_half_past(23, 8)},
    ]
    return QueuesView(
        queues=tuple(
            msgspec.structs.replace(queue, **shown[place % len(shown)])
            for place, queue in enumerate(plain)
        )
    )


def steps_of(count: int, at: int = 1) -> tuple[StepView, ...]:
    """A visit through so many services, in the step `at`."""
    return tuple(
        StepView(
            service=ServiceId(f"s{place}"),
            state="done" if place < at else "now" if place == at else "next",
            area=AREA,
            counters=((3,), (4, 5), (3, 4, 5, 6, 8))[place % 3],
        )
        for place in range(count)
    )


ROUTES = (
    RouteView(
        id="open",
        name=Text(zh="企业开办一件事", en="Open a business"),
        services=tuple(ServiceId(f"s{place}") for place in (3, 5, 6)),
        joint=True,
    ),
)
USUAL = tuple(_service(place, row) for place, row in enumerate(SERVICES))
MANY = tuple(
    _service(place, (chr(65 + place % 26), f"业务事项第 {place + 1} 项", f"Matter {place + 1}",
                     "综合服务", "General services", "optional"))
    for place in range(200)
)  # fmt: skip
LONGEST = tuple(
    msgspec.structs.replace(s, name=LONG, department=LONG_DEPARTMENT) for s in USUAL[:3]
)
LONG_HALL = Text(
    zh="示例市示例区人民政府行政审批局政务服务中心（东部分中心）",
    en="Administrative Approval Bureau Service Centre of Shili District (Eastern Branch)",
)
HOLDER = Holder(name="张安", number="99010119500101001X", birth="1950-01-01")


HELPER = Holder(name="李佳", number="99010119900101002X", birth="1990-01-01")
