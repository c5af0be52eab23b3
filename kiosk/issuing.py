"""The part of the flow that takes a ticket and follows its slip.

A slip is printed once; again only when somebody asks, with the same number and marked as a reprint.
"""

import msgspec

from kiosk import effects as fx
from kiosk import inputs as i
from kiosk.pages import Step, show
from kiosk.states import (
    CheckingIn,
    Confirm,
    HelperCard,
    Issued,
    Issuing,
    Kiosk,
    Refused,
    Track,
    can_issue,
    is_expired,
)
from queue_server.domain.commands import IssueTicket
from queue_server.domain.values import Holder, Ms, ServiceId, TicketId
from queue_server.protocol.messages import Outcome, Result
from queue_server.protocol.minutes import in_words
from queue_server.protocol.views import ServiceView


def confirmed(kiosk: Kiosk, fresh: str) -> Step:
    """The one touch: the command of this confirmation, or a new confirmation after a retry."""
    page = kiosk.session.page
    if isinstance(page, Refused) and page.confirm_again is not None and can_issue(kiosk):
        again = msgspec.structs.replace(page.confirm_again, command_id=fresh)
        return show(kiosk, again), ()
    if not isinstance(page, Confirm) or kiosk.session.help or not can_issue(kiosk):
        return kiosk, ()
    return _issue(kiosk, page, None)


def _issue(kiosk: Kiosk, confirm: Confirm, helper: Holder | None) -> Step:
    do = IssueTicket(
        service=confirm.service.id,
        holder=confirm.holder,
        helper=confirm.helper,
        face=confirm.face,
        helped_by=helper,
        card_expired=is_expired(kiosk, confirm.valid_to),
        consent=confirm.consent,
    )
    return show(kiosk, Issuing(confirm=confirm)), (fx.Issue(confirm.command_id, do),)


def helper_card(kiosk: Kiosk, event: i.CardRead | i.CardFailed, fresh: str) -> Step:
    """The helper's own card came: the ticket is asked for again, as another command."""
    page = kiosk.session.page
    if not isinstance(page, HelperCard):
        return kiosk, ()
    if isinstance(event, i.CardFailed):
        return show(kiosk, msgspec.structs.replace(page, problem=event.code)), ()
    holder = page.confirm.holder
    if holder is not None and holder.number == event.holder.number:
        return show(kiosk, msgspec.structs.replace(page, problem="helper_same_card")), ()
    if not can_issue(kiosk):
        return show(kiosk, msgspec.structs.replace(page, problem="cut_off")), ()
    confirm = msgspec.structs.replace(page.confirm, command_id=fresh)
    return _issue(kiosk, confirm, event.holder)


def answered(kiosk: Kiosk, result: Result) -> Step:
    """The server answered: a ticket and its slip, or a refusal."""
    page = kiosk.session.page
    if isinstance(page, CheckingIn) and page.command_id == result.id:
        return _checked_in(kiosk, page, result)
    if not isinstance(page, Issuing) or page.confirm.command_id != result.id:
        return kiosk, ()
    confirm = page.confirm
    if result.rejected is not None:
        refused = result.rejected
        # The holder is known and the touch is done: one more card, and the ticket is there.
        if refused.code == "helper_identity_required" and kiosk.world.reader.works:
            return show(kiosk, HelperCard(confirm=confirm)), ()
        again = refused.kind == "retry" and confirm.holder is None
        return show(
            kiosk,
            Refused(
                code=refused.code,
                zh=refused.zh,
                en=refused.en,
                number=refused.details.get("number", ""),
                by_card=confirm.by_card,
                confirm_again=confirm if again else None,
                service=confirm.service,
                chosen_in=confirm.chosen_in,
            ),
        ), ()
    done = result.done
    if done is None or done.ticket is None or done.number is None:
        return show(kiosk, Refused(code="internal", zh="", en="")), ()
    return _print(kiosk, _issued(done, done.ticket, done.number, confirm.service))


def _checked_in(kiosk: Kiosk, page: CheckingIn, result: Result) -> Step:
    """An appointment became its ticket, or the hall said why not and what can be done instead."""
    refused, done = result.rejected, result.done
    if refused is not None:
        number = refused.details.get("number", "")
        return show(
            kiosk,
            Refused(
                code=refused.code,
                zh=refused.zh,
                en=refused.en,
                number=number,
                by_card=page.by_card,
                check_in=True,
            ),
        ), ()
    service = _service(kiosk, done.service) if done and done.service else None
    if done is None or done.ticket is None or done.number is None or service is None:
        return show(kiosk, Refused(code="internal", zh="", en="", check_in=True)), ()
    ticket = _issued(done, done.ticket, done.number, service)
    return _print(kiosk, msgspec.structs.replace(ticket, late=done.booked_at is None))


def _issued(done: Outcome, ticket: TicketId, number: str, service: ServiceView) -> Issued:
    return Issued(
        ticket=ticket,
        number=number,
        service=service,
        ahead=done.ahead or 0,
        issued_at=done.issued_at or Ms(0),
        wait=in_words(done.wait_low_s, done.wait_high_s),
        priority_reason=done.priority_reason or "",
        booked_at=done.booked_at,
        steps=done.steps,
    )


def _print(kiosk: Kiosk, page: Issued) -> Step:
    if not kiosk.world.printer.fitted:
        return show(kiosk, msgspec.structs.replace(page, printing="no_printer")), ()
    job_id = f"{page.ticket}:{page.prints + 1}"
    order = fx.Print(
        job_id=job_id,
        ticket=page.ticket,
        number=page.number,
        service=page.service,
        ahead=page.ahead,
        issued_at=page.issued_at,
        priority_reason=page.priority_reason,
        reprint=page.prints > 0,
        wait=page.wait,
        booked_at=page.booked_at,
        steps=page.steps,
    )
    printing = msgspec.structs.replace(
        page, job_id=job_id, prints=page.prints + 1, printing="printing", print_code=""
    )
    return show(kiosk, printing), (order,)


def print_again(kiosk: Kiosk, fresh: str) -> Step:
    """The same number once more, after a failure or an outcome nobody knows; or here, for a slip
    that another kiosk could not print."""
    page = kiosk.session.page
    if isinstance(page, Track) and can_reprint(kiosk, page):
        return _print_tracked(kiosk, page, fresh)
    if not isinstance(page, Issued) or page.printing not in ("failed", "unknown"):
        return kiosk, ()
    return _print(kiosk, page)


def can_reprint(kiosk: Kiosk, page: Track) -> bool:
    """Whether the ticket on the screen may get another slip here: its holder showed its own code
    or the card, for a number alone stands on every board."""
    answer = page.answer
    return (
        answer is not None
        and page.owned
        and answer.state != "ended"
        and page.printing in ("", "failed", "unknown")
        and (kiosk.world.printer.works or page.printing != "")
        and _service(kiosk, answer.service) is not None
    )


def _service(kiosk: Kiosk, wanted: ServiceId) -> ServiceView | None:
    hall = kiosk.world.hall
    return next((s for s in hall.services if s.id == wanted), None) if hall else None


def _print_tracked(kiosk: Kiosk, page: Track, fresh: str) -> Step:
    answer = page.answer
    service = _service(kiosk, answer.service) if answer else None
    if answer is None or service is None:
        return kiosk, ()
    order = fx.Print(
        job_id=f"{answer.ticket}:{fresh}",
        ticket=answer.ticket,
        number=answer.number,
        service=service,
        ahead=answer.ahead,
        issued_at=answer.issued_at or Ms(0),
        priority_reason="",
        reprint=True,
        wait=in_words(answer.wait_low_s, answer.wait_high_s),
        steps=answer.steps,
    )
    printing = msgspec.structs.replace(
        page, job_id=order.job_id, printing="printing", print_code=""
    )
    return show(kiosk, printing), (order,)


def slip_seen(kiosk: Kiosk) -> Kiosk:
    """The citizen says that the slip came out after all."""
    page = kiosk.session.page
    if not isinstance(page, Issued | Track) or page.printing != "unknown":
        return kiosk
    return show(kiosk, msgspec.structs.replace(page, printing="printed", print_code=""))


def job_moved(kiosk: Kiosk, event: i.JobMoved) -> Kiosk:
    """What became of the slip on the screen; late words about another are passed over."""
    page = kiosk.session.page
    if not isinstance(page, Issued | Track) or page.job_id != event.job_id:
        return kiosk
    if page.printing != "printing" or event.state in ("pending", "printing"):
        return kiosk
    moved = msgspec.structs.replace(page, printing=event.state, print_code=event.code)
    return show(kiosk, moved, keep_help=True)
