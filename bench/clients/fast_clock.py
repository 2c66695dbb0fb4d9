"""Run a command of the kit with kernels culled after seconds, not minutes.

``python fast_clock.py SECONDS open …``: the soak passes ninety minutes in three.
"""

import sys
from typing import Any

import voila.app

from beyond_the_no.commands import main

_initialize = voila.app.Voila.initialize


def initialize(self: Any, argv: list[str] | None = None) -> None:
    """Shorten the two times before they are read."""
    self.config.MappingKernelManager.cull_idle_timeout = int(sys.argv[1])
    self.config.MappingKernelManager.cull_interval = 1
    _initialize(self, argv)


if __name__ == "__main__":
    voila.app.Voila.initialize = initialize
    sys.exit(main.main(sys.argv[2:]))
