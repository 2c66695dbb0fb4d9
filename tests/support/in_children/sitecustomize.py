"""Loaded by every Python that tests start: SIGUSR1 prints the stacks of its threads."""

import contextlib
import faulthandler
import signal

# Windows has no such thing, and some have no stderr
with contextlib.suppress(AttributeError, ValueError, RuntimeError):
    faulthandler.register(signal.SIGUSR1, all_threads=True)
