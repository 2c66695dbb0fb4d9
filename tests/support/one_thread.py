"""Numerics on one thread, in this process alone: import it before numpy.

OpenBLAS starts a thread for each core. For matrices as small as ours, these do little
but wait for each other, all of them busily, beside the other workers of a test run.
What tests start is not told: the kit sees to its own processes.
"""

import os

ALONE = {"OPENBLAS_NUM_THREADS": "1"}

before = {name: os.environ.get(name) for name in ALONE}
os.environ.update(ALONE)

import numpy  # noqa: E402, F401  the libraries look when they are loaded
import scipy.linalg  # noqa: E402, F401

for name, was in before.items():
    if was is None:
        del os.environ[name]
    else:
        os.environ[name] = was
