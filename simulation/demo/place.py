"""The demo's hall: what is defined, and which programs stand in it."""

from queue_server.domain.values import (
    Area,
    AreaId,
    Catalogue,
    Counter,
    CounterId,
    IdentityNeed,
    Profile,
    ProfileId,
    Service,
    ServiceId,
    Settings,
    Staff,
    StaffId,
    Text,
)
from simulation.processes import Place

AREA = AreaId("A")
COUNTERS = (CounterId("1"), CounterId("2"))
STAFF = (StaffId("0101"), StaffId("0102"))
KEYED = COUNTERS[1]
"""Worked by a hardware caller and a rating box, without windows of its own but its screen."""
KEY_BOX = 2
"""Their address on the callers' line."""

_SERVICES: tuple[tuple[str, str, str, str, str, str, IdentityNeed], ...] = (
    ("tax", "A", "办税缴费", "Taxes and fees", "税务局", "Tax Bureau", "optional"),
    ("invoice", "A", "发票领用", "Invoices", "税务局", "Tax Bureau", "optional"),
    ("card", "B", "社会保障卡", "Social security card", "人社局", "Human Resources", "required"),
    ("medical", "C", "医疗保险", "Medical insurance", "医保局", "Medical Insurance", "optional"),
    ("house", "D", "不动产登记", "Real estate", "自然资源局", "Natural Resources", "optional"),
    ("company", "E", "企业开办", "Starting a company", "市场监管局", "Market Regulation", "none"),
    ("ask", "F", "综合咨询", "General enquiries", "政务服务局", "Government Services", "none"),
)


def catalogue() -> Catalogue:
    """Seven services of six departments, two counters, two clerks."""
    services = tuple(
        Service(
            id=ServiceId(key),
            prefix=prefix,
            name=Text(zh=zh, en=en),
            department=Text(zh=department, en=department_en),
            area=AREA,
            identity=identity,
        )
        for key, prefix, zh, en, department, department_en, identity in _SERVICES
    )
    profile = Profile(
        id=ProfileId("all"),
        name=Text(zh="全部业务", en="All services"),
        services=tuple(service.id for service in services),
    )
    numerals = (("一号窗口", "Counter 1"), ("二号窗口", "Counter 2"))
    return Catalogue(
        settings=Settings(name=Text(zh="示例市政务服务大厅", en="Example City Service Hall")),
        areas=(Area(id=AREA, name=Text(zh="一层综合区", en="Ground floor")),),
        services=services,
        counters=tuple(
            Counter(
                id=counter,
                number=int(counter),
                name=Text(zh=zh, en=en),
                area=AREA,
                profile=profile.id,
            )
            for counter, (zh, en) in zip(COUNTERS, numerals, strict=True)
        ),
        staff=(
            Staff(id=STAFF[0], name="王芳"),
            Staff(id=STAFF[1], name="李建国", rights=("call_this", "remove")),
        ),
        profiles=(profile,),
    )


def places() -> dict[str, Place]:
    """Every program of the hall, by a short name."""
    found = {
        "manager": Place("manager", "值班主任"),
        "kiosk": Place("kiosk", "一号取号机", None, AREA),
        "board": Place("board", "综合屏", None, AREA),
    }
    for counter in COUNTERS:
        found[f"caller-{counter}"] = Place("caller", f"{counter}号窗口叫号器", counter)
        found[f"screen-{counter}"] = Place("screen", f"{counter}号窗口屏", counter)
        if counter != KEYED:
            found[f"pad-{counter}"] = Place("pad", f"{counter}号窗口评价器", counter)
    found["station"] = Place("station", "外设站", None, AREA)
    return found
