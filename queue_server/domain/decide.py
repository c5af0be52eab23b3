"""Commands in, events or a coded rejection out. Reads the hall, changes nothing.

`decide` is total: any command in any state gives events (perhaps none, where nothing changes) or
a `Rejection`. Time and ids are arguments.
"""

from collections.abc import Callable
from typing import Any

from . import commands as c
from .absences import lift_bar
from .alerts import acknowledge_alert
from .appointments import book, cancel, move
from .arrivals import check_in, take_ticket
from .booking_plans import define_plan
from .calls import (
    call_back,
    call_next,
    call_this,
    end_service,
    hold,
    no_show,
    recall,
    start_service,
    transfer,
    walk_in,
)
from .context import By, Events, Given, Rejection
from .counters import pause, resume, sign_in, sign_out
from .days import close_day, open_day
from .definitions import (
    define_area,
    define_calendar_day,
    define_counter,
    define_hall,
    define_profile,
    define_service,
    define_staff,
)
from .hall import Hall
from .ratings import decline_rating, rate, request_rating
from .routes import choose_branch, define_route, join_visit, leave_visit, set_route
from .tickets import cancel_ticket, remove_ticket, return_ticket

__all__ = ["By", "Events", "Given", "Rejection", "decide"]


def decide(hall: Hall, command: c.Command, given: Given) -> Events | Rejection:
    """What `command` means for `hall`, asked by `given.by` at `given.now`."""
    if hall.day is None and not isinstance(command, _WHILE_CLOSED):
        return Rejection("day_closed")
    decided: Events | Rejection = _RULES[type(command)](hall, command, given)
    return decided


_WHILE_CLOSED = (
    c.DefineHall,
    c.DefineArea,
    c.DefineService,
    c.DefineCounter,
    c.DefineStaff,
    c.DefineProfile,
    c.DefineCalendarDay,
    c.DefinePlan,
    c.DefineRoute,
    c.BookAppointment,
    c.MoveAppointment,
    c.CancelAppointment,
    c.LiftBar,
    c.AcknowledgeAlert,
    c.OpenDay,
)

_RULES: dict[type, Callable[[Hall, Any, Given], Events | Rejection]] = {
    c.DefineHall: define_hall,
    c.DefineArea: define_area,
    c.DefineService: define_service,
    c.DefineCounter: define_counter,
    c.DefineStaff: define_staff,
    c.DefineProfile: define_profile,
    c.DefineCalendarDay: define_calendar_day,
    c.DefinePlan: define_plan,
    c.DefineRoute: define_route,
    c.BookAppointment: book,
    c.MoveAppointment: move,
    c.CancelAppointment: cancel,
    c.CheckIn: check_in,
    c.LiftBar: lift_bar,
    c.AcknowledgeAlert: acknowledge_alert,
    c.OpenDay: open_day,
    c.CloseDay: close_day,
    c.SignIn: sign_in,
    c.SignOut: sign_out,
    c.IssueTicket: take_ticket,
    c.CallNext: call_next,
    c.CallThis: call_this,
    c.Recall: recall,
    c.StartService: start_service,
    c.EndService: end_service,
    c.NoShow: no_show,
    c.ReturnTicket: return_ticket,
    c.Hold: hold,
    c.CallBack: call_back,
    c.Transfer: transfer,
    c.SetRoute: set_route,
    c.ChooseBranch: choose_branch,
    c.JoinVisit: join_visit,
    c.LeaveVisit: leave_visit,
    c.WalkIn: walk_in,
    c.Pause: pause,
    c.Resume: resume,
    c.CancelTicket: cancel_ticket,
    c.RemoveTicket: remove_ticket,
    c.RequestRating: request_rating,
    c.Rate: rate,
    c.DeclineRating: decline_rating,
}
