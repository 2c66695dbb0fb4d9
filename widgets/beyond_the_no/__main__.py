"""``python -m beyond_the_no``: the same as ``beyond-the-no``."""

import sys

from .commands.main import main

sys.exit(main())
