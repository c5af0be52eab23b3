"""A visit of several steps as the kiosk says it: on its screen before and after, and on paper."""

from devices.printer.layout import Bilingual
from kiosk.view import StepRow
from queue_server.domain.values import ServiceId, Text
from queue_server.protocol.views import HallView, StepView
from ui.inputs import Language
from ui.wording import counters_text, in_language

PLACES = 4
"""Counters named of those that may call a step."""
ON_PAPER = 8
"""Steps a slip tells where to go for."""


def planned(hall: HallView | None, service: ServiceId, language: Language) -> list[str]:
    """The services, in order, that a ticket taken now will go through; none with but one."""
    routes = hall.routes if hall else ()
    found = [r.services for r in routes if r.on_issue and r.services[0] == service]
    names = _names(hall)
    named = [names[key] for key in found[0] if key in names] if found else []
    return [in_language(name, language) for name in named] if len(named) > 1 else []


def rows(steps: tuple[StepView, ...], hall: HallView | None, language: Language) -> list[StepRow]:
    """All steps of a ticket, with where each is done."""
    names = _names(hall)
    return [
        StepRow(
            number=number,
            name=in_language(names[step.service], language) if step.service in names else "",
            place=in_language(_place(step, hall), language),
            state=step.state,
        )
        for number, step in enumerate(steps, start=1)
    ]


def on_paper(steps: tuple[StepView, ...], hall: HallView | None) -> tuple[Bilingual, ...]:
    """The steps yet to do, each with where to wait for it; nothing without a route."""
    names = _names(hall)
    left = [
        (number, step, names[step.service])
        for number, step in enumerate(steps, start=1)
        if step.state != "done" and step.service in names
    ]
    if len(steps) < 2 or not left:
        return ()
    head = Bilingual(
        f"凭本号依次办理 {len(steps)} 项，到窗口以叫号为准",
        f"{len(steps)} services with this number. Wait to be called for each",
    )
    told = tuple(_line(*one, hall) for one in left[:ON_PAPER])
    return (head, *told, Bilingual("……", "…")) if len(left) > ON_PAPER else (head, *told)


def _line(number: int, step: StepView, name: Text, hall: HallView | None) -> Bilingual:
    counters, area = counters_text(step.counters, PLACES), _area(step, hall)
    zh = f"{number}. {name.zh}　{counters.zh} {area.zh}".rstrip()
    places = ", ".join(part for part in (counters.en, area.en) if part)
    en = ": ".join(part for part in (f"{number}. {name.en}", places) if part)
    return Bilingual(zh, en if name.en else "")


def _place(step: StepView, hall: HallView | None) -> Text:
    counters, area = counters_text(step.counters, PLACES), _area(step, hall)
    return Text(
        zh=" · ".join(part for part in (counters.zh, area.zh) if part),
        en=" · ".join(part for part in (counters.en, area.en) if part),
    )


def _area(step: StepView, hall: HallView | None) -> Text:
    """Empty where the hall is but one."""
    areas = {area.id: area.name for area in hall.areas} if hall and len(hall.areas) > 1 else {}
    return areas.get(step.area, Text(zh="", en=""))


def _names(hall: HallView | None) -> dict[ServiceId, Text]:
    return {service.id: service.name for service in hall.services} if hall else {}
