"""Seats of a room: random tokens, and whether their phones are connected."""

from collections.abc import Callable
from dataclasses import dataclass

from .messages import Refusal

SLEEPING = 5  # seats kept, for each that may be taken at once


@dataclass
class Seat:
    """One phone's place in the room."""

    watching: bool = False
    connected: bool = True


class Seats:
    """Every seat, in the order in which they were taken.

    Parameters
    ----------
    most : how many phones may take part at once.
    new_token : makes the unguessable token of a seat.
    leave : called with the token of a seat that is given up.
    """

    def __init__(
        self, most: int, new_token: Callable[[], str], leave: Callable[[str], None]
    ) -> None:
        self.most = most
        self.locked = False
        self._new_token = new_token
        self._leave = leave
        self._seats: dict[str, Seat] = {}

    def __len__(self) -> int:
        return len(self._seats)

    def __contains__(self, token: str) -> bool:
        return token in self._seats

    def join(self, token: str | None, *, watching: bool) -> str:
        """Take a seat, or come back to it; return its token."""
        if token is not None and token in self._seats:
            seat = self._seats[token]
            seat.connected, seat.watching = True, watching
            return token
        if self.locked:
            raise Refusal("locked")
        if self.present >= self.most:
            raise Refusal("full")
        self._forget_one()
        token = self._new_token()
        self._seats[token] = Seat(watching)
        return token

    def _forget_one(self) -> None:
        """Keep the seats of sleeping phones, but not of any number of them.

        So many were left only by somebody who joins over and over: the newest ones.
        """
        if len(self._seats) >= SLEEPING * self.most:
            newest = reversed(self._seats.items())
            self.give_up(next(token for token, seat in newest if not seat.connected))

    def give_up(self, token: str) -> None:
        """Take a seat away, and with it what was said from there."""
        self._leave(token)
        del self._seats[token]

    def disconnect(self, token: str) -> None:
        """Note that a phone sleeps or lost the Wi-Fi; its seat stays."""
        if token in self._seats:
            self._seats[token].connected = False

    def clear(self) -> None:
        """Forget every seat."""
        self._seats.clear()

    @property
    def awake(self) -> list[str]:
        """Tokens of the phones that are connected now."""
        return [token for token, seat in self._seats.items() if seat.connected]

    @property
    def free(self) -> int:
        """Count the people who still fit in, beside the phones that are connected."""
        return max(0, self.most - self.present)

    @property
    def present(self) -> int:
        """Count the phones that are connected now."""
        return sum(seat.connected for seat in self._seats.values())

    @property
    def taking_part(self) -> int:
        """Count those of them that do more than watch."""
        return sum(s.connected and not s.watching for s in self._seats.values())
