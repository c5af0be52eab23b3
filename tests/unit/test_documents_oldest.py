"""The longest wait is found by looking at few tickets: the same as by looking at all."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.documents import oldest_at
from queue_server.domain.hall import Hall, Ticket
from queue_server.domain.values import Ms, Position, ServiceId, TicketId

placings: st.SearchStrategy[Position | None] = st.sampled_from(
    [None, None, None, "front", "sorted", "end"]
)
tickets = st.lists(st.tuples(st.integers(0, 3), placings, st.sampled_from("ab")), max_size=30)


@given(tickets, st.data())
def test_oldest(wanted: list[tuple[int, Position | None, str]], data: st.DataObject) -> None:
    hall, placed_at = Hall(), 1000
    for seq, (priority, placed, service) in enumerate(wanted, start=1):
        ticket = Ticket(
            id=TicketId(f"t{seq}"),
            number=f"A{seq:03d}",
            prefix="A",
            serial=seq,
            service=ServiceId(service),
            issued_at=Ms(seq * 10),
            since=Ms(seq * 10),
            rank=seq,
            arrival=seq,
            priority=priority,
        )
        if placed in ("front", "end"):
            placed_at += 1
            ticket.rank = placed_at if data.draw(st.booleans()) else seq
        ticket.placed = placed
        hall.tickets[ticket.id] = ticket
        hall.enqueue(ticket, f"q:{service}")
    for service in "ab":
        waiting = [t.issued_at for t in hall.tickets.values() if t.service == service]
        assert oldest_at(hall, f"q:{service}") == min(waiting, default=None)
