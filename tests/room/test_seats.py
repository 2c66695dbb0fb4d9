"""Seats are kept for phones that sleep, whatever others do meanwhile."""

from itertools import count

from beyond_the_no.room.seats import SLEEPING, Seats

MOST = 10


def test_who_joins_over_and_over_takes_no_sleeping_phones_seat() -> None:
    tokens, left = map(str, count()), list[str]()
    seats = Seats(MOST, lambda: next(tokens), left.append)
    asleep = seats.join(None, watching=False)
    seats.disconnect(asleep)

    for _ in range(3 * SLEEPING * MOST):
        seats.disconnect(seats.join(None, watching=False))

    assert len(seats) <= SLEEPING * MOST
    assert seats.join(asleep, watching=False) == asleep
    assert asleep not in left
