"""``beyond-the-no bench``: run the benchmarks of a checkout."""

import argparse
import subprocess
import sys

from ..common import resources
from ..common.settings import UserError

NO_BENCH = "The benchmarks need a checkout of the kit; this is an installed package."


def bench(args: argparse.Namespace) -> int:
    """Run the benchmarks of the checkout."""
    if resources.CHECKOUT is None:
        raise UserError(NO_BENCH)
    run_all = resources.CHECKOUT / "bench" / "run.py"
    script = [sys.executable, str(run_all), args.what]
    options = ["--quick"] if args.quick else []
    options += ["--seats", str(args.seats)] if args.seats else []
    return subprocess.call([*script, *options])
