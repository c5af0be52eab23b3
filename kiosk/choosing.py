"""The part of the flow that finds a service: by department, or by searching."""

from typing import assert_never

import msgspec

from kiosk import inputs as i
from kiosk.pages import show, with_session
from kiosk.states import Choose, Confirm, Home, Kiosk, Refused, Who, can_issue, is_shut, offered
from queue_server.domain.values import ServiceId

QUERY_LENGTH = 12


def choose(
    kiosk: Kiosk, event: i.Begin | i.PickDepartment | i.PickService | i.Search, fresh: str
) -> Kiosk:
    """Through departments and search to one service; nothing where the page is another."""
    page = kiosk.session.page
    match event:
        case i.Begin():
            if not isinstance(page, Home | Refused):
                return kiosk
            if not can_issue(kiosk):
                return kiosk
            return show(kiosk, Choose(department=only_department(kiosk)))
        case i.PickDepartment(name):
            known = any(service.department.zh == name for service in offered(kiosk))
            if not isinstance(page, Choose) or not known:
                return kiosk
            return show(kiosk, Choose(department=name))
        case i.Search(on):
            if not isinstance(page, Choose):
                return kiosk
            return show(kiosk, Choose(department=only_department(kiosk), searching=on))
        case i.PickService(service):
            if not isinstance(page, Choose):
                return kiosk
            return _picked(kiosk, page, service, fresh)
        case _:
            assert_never(event)


def only_department(kiosk: Kiosk) -> str:
    """The department of every service offered here; empty where there are several."""
    names = {service.department.zh for service in offered(kiosk)}
    return names.pop() if len(names) == 1 else ""


def _picked(kiosk: Kiosk, page: Choose, wanted: ServiceId, fresh: str) -> Kiosk:
    service = next((each for each in offered(kiosk) if each.id == wanted), None)
    if service is None or not service.active or is_shut(kiosk, wanted):
        return kiosk
    if service.identity == "none":
        return show(kiosk, Confirm(service=service, chosen_in=page, command_id=fresh))
    return show(kiosk, Who(service=service, chosen_in=page))


def type_query(kiosk: Kiosk, page: Choose, event: i.Key | i.Erase | i.Submit) -> Kiosk:
    """The kiosk after a key of the search's keyboard."""
    if not page.searching or isinstance(event, i.Submit):
        return kiosk
    query = page.query
    if isinstance(event, i.Erase):
        query = "" if event.all else query[:-1]
    elif event.character.isascii() and event.character.isalnum():
        query = (query + event.character)[:QUERY_LENGTH]
    return with_session(kiosk, page=msgspec.structs.replace(page, query=query))
