"""The part of the flow that takes a ticket and follows its slip."""

import msgspec

from kiosk import inputs as i
from kiosk.inputs import AnyEffect
from kiosk.states import AnyPage, Confirm, Issued, Issuing, Kiosk, Refused, can_issue
from queue_server.domain.commands import IssueTicket
from queue_server.domain.values import Ms
from queue_server.protocol.messages import Result

Step = tuple[Kiosk, tuple[AnyEffect, ...]]


def show(kiosk: Kiosk, page: AnyPage, *, keep_help: bool = False) -> Kiosk:
    """The kiosk with this page on the screen."""
    helped = kiosk.session.help and keep_help
    session = msgspec.structs.replace(kiosk.session, page=page, help=helped)
    return msgspec.structs.replace(kiosk, session=session)


def confirmed(kiosk: Kiosk, fresh: str) -> Step:
    """The one touch: the command of this confirmation, or a new confirmation after a retry."""
    page = kiosk.session.page
    if isinstance(page, Refused) and page.confirm_again is not None and can_issue(kiosk):
        again = msgspec.structs.replace(page.confirm_again, command_id=fresh)
        return show(kiosk, again), ()
    if not isinstance(page, Confirm) or kiosk.session.help or not can_issue(kiosk):
        return kiosk, ()
    do = IssueTicket(service=page.service.id, holder=page.holder, helper=page.helper)
    return show(kiosk, Issuing(confirm=page)), (i.Issue(page.command_id, do),)


def answered(kiosk: Kiosk, result: Result) -> Step:
    """The server answered: a ticket and its slip, or a refusal."""
    page = kiosk.session.page
    if not isinstance(page, Issuing) or page.confirm.command_id != result.id:
        return kiosk, ()
    confirm = page.confirm
    if result.rejected is not None:
        refused = result.rejected
        again = refused.kind == "retry" and confirm.holder is None
        return show(
            kiosk,
            Refused(
                code=refused.code,
                zh=refused.zh,
                en=refused.en,
                number=refused.details.get("number", ""),
                confirm_again=confirm if again else None,
                service=confirm.service,
                chosen_in=confirm.chosen_in,
            ),
        ), ()
    done = result.done
    if done is None or done.ticket is None or done.number is None:
        return show(kiosk, Refused(code="internal", zh="", en="")), ()
    issued = Issued(
        ticket=done.ticket,
        number=done.number,
        service=confirm.service,
        ahead=done.ahead or 0,
        issued_at=done.issued_at or Ms(0),
        priority_reason=done.priority_reason or "",
    )
    return _print(kiosk, issued)


def _print(kiosk: Kiosk, page: Issued) -> Step:
    if not kiosk.world.printer.fitted:
        return show(kiosk, msgspec.structs.replace(page, printing="no_printer")), ()
    job_id = f"{page.ticket}:{page.prints + 1}"
    order = i.Print(
        job_id=job_id,
        ticket=page.ticket,
        number=page.number,
        service=page.service,
        ahead=page.ahead,
        issued_at=page.issued_at,
        priority_reason=page.priority_reason,
        reprint=page.prints > 0,
    )
    printing = msgspec.structs.replace(
        page, job_id=job_id, prints=page.prints + 1, printing="printing", print_code=""
    )
    return show(kiosk, printing), (order,)


def print_again(kiosk: Kiosk) -> Step:
    """The same number once more, after a failure or an outcome nobody knows."""
    page = kiosk.session.page
    if not isinstance(page, Issued) or page.printing not in ("failed", "unknown"):
        return kiosk, ()
    return _print(kiosk, page)


def job_moved(kiosk: Kiosk, event: i.JobMoved) -> Kiosk:
    """What became of the slip on the screen; late words about another are passed over."""
    page = kiosk.session.page
    if not isinstance(page, Issued) or page.job_id != event.job_id:
        return kiosk
    if page.printing != "printing" or event.state in ("pending", "printing"):
        return kiosk
    moved = msgspec.structs.replace(page, printing=event.state, print_code=event.code)
    return show(kiosk, moved, keep_help=True)
