"""A bucket of messages that fills again with time."""

import time
from collections.abc import Callable


class Pace:
    """Says whether another message may pass.

    Parameters
    ----------
    a_second : messages that may come each second …
    burst : … and at once.
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

    def allows(self) -> bool:
        """Take one message out of the bucket, if there is one."""
        now = self._clock()
        filled = self._left + (now - self._at) * self._a_second
        self._left, self._at = min(self._burst, filled), now
        if self._left < 1:
            self.refused += 1
            return False
        self._left -= 1
        return True
