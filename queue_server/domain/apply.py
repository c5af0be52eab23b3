"""The one place that changes the hall: an event, its `seq` and its time.

Deterministic, and it never refuses: `decide` has refused already. Returns which tickets and
transactions changed, so that the store writes just those rows. What an event does is in
`changes`, under the event's name.
"""

from collections.abc import Callable
from typing import Any

from . import events as e
from .changes import (
    alerts,
    appointments,
    calls,
    counters,
    days,
    definitions,
    ratings,
    routes,
    tickets,
)
from .changes.moves import Touched
from .hall import Hall
from .values import Ms

__all__ = ["Touched", "apply"]


def apply(hall: Hall, event: e.Event, seq: int, at: Ms) -> Touched:
    """Change `hall` by one event of the log."""
    touched: Touched = _CHANGES[type(event)](hall, event, seq, at)
    return touched


_CHANGES: dict[type, Callable[[Hall, Any, int, Ms], Touched]] = {
    e.HallDefined: definitions.hall_defined,
    e.AreaDefined: definitions.area_defined,
    e.ServiceDefined: definitions.service_defined,
    e.CounterDefined: definitions.counter_defined,
    e.StaffDefined: definitions.staff_defined,
    e.ProfileDefined: definitions.profile_defined,
    e.CalendarDayDefined: definitions.calendar_day_defined,
    e.DayOpened: days.day_opened,
    e.DayClosed: days.day_closed,
    e.SignedIn: counters.signed_in,
    e.SignedOut: counters.signed_out,
    e.CounterPaused: counters.counter_paused,
    e.CounterResumed: counters.counter_resumed,
    e.TicketIssued: tickets.ticket_issued,
    e.TicketCalled: calls.ticket_called,
    e.TicketRecalled: calls.ticket_recalled,
    e.TicketCalledBack: calls.ticket_called_back,
    e.ServiceStarted: calls.service_started,
    e.ServiceEnded: calls.service_ended,
    e.StepEnded: routes.step_ended,
    e.RouteSet: routes.route_set,
    e.BranchChosen: routes.branch_chosen,
    e.JointBegun: routes.joint_begun,
    e.JointEnded: routes.joint_ended,
    e.TicketNotShown: calls.ticket_not_shown,
    e.TicketReturned: tickets.ticket_returned,
    e.TicketHeld: calls.ticket_held,
    e.TicketTransferred: calls.ticket_transferred,
    e.TicketClosed: tickets.ticket_closed,
    e.PlanDefined: definitions.plan_defined,
    e.RouteDefined: routes.route_defined,
    e.AppointmentBooked: appointments.appointment_booked,
    e.AppointmentMoved: appointments.appointment_moved,
    e.AppointmentCancelled: appointments.appointment_cancelled,
    e.AppointmentKept: appointments.appointment_kept,
    e.AppointmentMissed: appointments.appointment_missed,
    e.PersonBarred: appointments.person_barred,
    e.BarLifted: appointments.bar_lifted,
    e.AgendaCarried: appointments.agenda_carried,
    e.AlertAcknowledged: alerts.alert_acknowledged,
    e.RatingRequested: ratings.rating_requested,
    e.Rated: ratings.rated,
    e.RatingDeclined: ratings.rating_declined,
}
