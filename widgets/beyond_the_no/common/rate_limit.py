"""Rate limit for messages, and a limit on the bytes that wait for an answer."""

import time
from collections.abc import Callable


class TokenBucket:
    """Token bucket: a steady rate, and a burst.

    Parameters
    ----------
    a_second : tokens that are added each second; one is a message, or a byte.
    burst : tokens that the bucket holds at most.
    """

    def __init__(
        self, a_second: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._a_second = a_second
        self._burst = burst
        self._clock = clock
        self._left = burst
        self._at = clock()
        self.refused = 0

    def try_take(self, much: float = 1) -> bool:
        """Take tokens; return False, and take none, if there are not enough."""
        now = self._clock()
        filled = self._left + (now - self._at) * self._a_second
        self._left, self._at = min(self._burst, filled), now
        if self._left < much:
            self.refused += 1
            return False
        self._left -= much
        return True


class Unanswered:
    """Limit on the bytes of messages that were sent and are not answered yet.

    Parameters
    ----------
    most : bytes that may wait; a single message may be larger.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._sent: dict[str, int] = {}
        self._bytes = 0

    def takes(self, name: str, size: int) -> bool:
        """Note a message, unless too much waits, or one of this name does."""
        if name in self._sent or (self._sent and self._bytes + size > self._most):
            return False
        self._sent[name] = size
        self._bytes += size
        return True

    def settle(self, name: str) -> None:
        """Learn that this message was dealt with."""
        self._bytes -= self._sent.pop(name, 0)
