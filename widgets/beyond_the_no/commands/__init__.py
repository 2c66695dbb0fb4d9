"""The commands of ``beyond-the-no``, each in a module or a package of its name."""

from .. import engine  # noqa: F401  first: it makes importing nbformat cheap
