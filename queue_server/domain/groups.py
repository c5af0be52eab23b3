"""What clerks call groups of tickets, in two languages."""

from .hall import Hall, Ticket
from .ids import Text
from .rules import Match, Share

PRIORITY = Text(zh="优先号", en="priority")
ORDINARY = Text(zh="普通号", en="ordinary")
APPOINTMENT = Text(zh="预约号", en="appointments")
ON_SITE = Text(zh="现场号", en="tickets taken here")
OTHERS = Text(zh="其他号", en="others")


def group_of(ticket: Ticket) -> Text:
    """What a ticket is called where no condition names its group."""
    if ticket.booked_at is not None:
        return APPOINTMENT
    return PRIORITY if ticket.priority else ORDINARY


def share_name(hall: Hall, share: Share) -> Text:
    """A group of a ratio: by its own name, or by what its tickets have in common."""
    return share.name or match_name(hall, share.match)


def match_name(hall: Hall, match: Match) -> Text:
    """What the tickets have in common, the most telling first."""
    if match.booked is not None:
        return APPOINTMENT if match.booked else ON_SITE
    if match.lowest > 0:
        return PRIORITY
    if match.highest == 0:
        return ORDINARY
    names = [hall.services[key].name for key in match.services if key in hall.services]
    if not names:
        return OTHERS
    more = len(names) > 3
    return Text(
        zh="、".join(name.zh for name in names[:3]) + ("等" if more else ""),
        en=", ".join(name.en for name in names[:3]) + (" and others" if more else ""),
    )
