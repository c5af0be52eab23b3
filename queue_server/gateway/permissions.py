"""Which role may ask for what. The rules of the hall come after; this comes first."""

from ..domain import commands as c
from ..domain.hall import Hall
from ..domain.values import CounterId
from .ports import Who

_AT_COUNTER: frozenset[type] = frozenset(
    {
        c.SignIn,
        c.SignOut,
        c.CallNext,
        c.CallThis,
        c.Recall,
        c.StartService,
        c.EndService,
        c.NoShow,
        c.Hold,
        c.CallBack,
        c.Transfer,
        c.SetRoute,
        c.ChooseBranch,
        c.JoinVisit,
        c.LeaveVisit,
        c.WalkIn,
        c.Pause,
        c.Resume,
        c.RemoveTicket,
        c.RequestRating,
    }
)
_DEFINITIONS: frozenset[type] = frozenset(
    {
        c.DefineHall,
        c.DefineArea,
        c.DefineService,
        c.DefineCounter,
        c.DefineStaff,
        c.DefineProfile,
        c.DefineCalendarDay,
        c.DefinePlan,
        c.DefineRoute,
    }
)
_TICKETS: frozenset[type] = frozenset({c.IssueTicket, c.CancelTicket, c.ReturnTicket})
_RATINGS: frozenset[type] = frozenset({c.Rate, c.DeclineRating})
_APPOINTMENTS: frozenset[type] = frozenset(
    {c.BookAppointment, c.MoveAppointment, c.CancelAppointment, c.CheckIn}
)
_DAYS: frozenset[type] = frozenset({c.OpenDay, c.CloseDay})

MAY: dict[str, frozenset[type]] = {
    "kiosk": frozenset({c.IssueTicket, c.CancelTicket, c.CheckIn}),
    "caller": _AT_COUNTER | {c.ReturnTicket},
    "screen": frozenset(),
    "board": frozenset(),
    "announcer": frozenset(),
    "pad": _RATINGS,
    "manager": _DEFINITIONS
    | _DAYS
    | {c.SignOut, c.CancelTicket}
    | _APPOINTMENTS
    | {c.LiftBar, c.AcknowledgeAlert},
    "integration": _AT_COUNTER | _TICKETS | _RATINGS | _APPOINTMENTS,
    "station": _AT_COUNTER | {c.ReturnTicket} | _RATINGS,
}


def may(who: Who, command: c.Command, hall: Hall) -> bool:
    """Whether `who` may ask for `command`: its role, and its own counter or area."""
    if type(command) not in MAY[who.role]:
        return False
    if who.role == "caller":
        counter = getattr(command, "counter", who.counter)
        return bool(counter == who.counter)
    if isinstance(command, c.Rate | c.DeclineRating) and who.role == "pad":
        transaction = hall.transactions.get(command.transaction)
        return transaction is None or transaction.counter == who.counter
    if who.role == "station":
        counter = _concerns(command, hall)
        return counter is None or _area_of(counter, hall) == who.area
    return True


def _concerns(command: c.Command, hall: Hall) -> CounterId | None:
    """The counter a station's command is about; None where the rules will not find its subject."""
    match command:
        case c.Rate() | c.DeclineRating():
            transaction = hall.transactions.get(command.transaction)
            return transaction.counter if transaction else None
        case c.ReturnTicket(ticket=ticket):
            found = hall.tickets.get(ticket)
            return found.counter if found else None
        case _:
            counter: CounterId | None = getattr(command, "counter", None)
            return counter


def _area_of(counter: CounterId, hall: Hall) -> str:
    """Empty, which is nobody's area, where there is no such counter."""
    defined = hall.counters.get(counter)
    return defined.area if defined else ""
