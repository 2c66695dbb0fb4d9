"""Registry of executed notebooks and of the kernel pool."""

from dataclasses import dataclass, field

from .executed_notebook import ExecutedNotebook
from .pool import KernelPool, PooledKernel


@dataclass
class KernelRegistry:
    """The executed notebooks by the names of their kernels, and the pool of spare ones.

    Attributes
    ----------
    templates : dict of str to ExecutedNotebook
        A kernel of this name holds this notebook.
    pool : KernelPool or None
        Kernels made ahead; None where none are.
    """

    templates: dict[str, ExecutedNotebook] = field(default_factory=dict)
    pool: KernelPool | None = None

    def note_request(self, name: str) -> None:
        """Note that this notebook was opened, so that the pool holds kernels of it."""
        if self.pool is not None:
            self.pool.note_request(name)

    def take(self, name: str) -> PooledKernel | None:
        """Take a kernel of this notebook out of the pool, if it holds one."""
        return None if self.pool is None else self.pool.take(name)

    def empty_pool(self) -> None:
        """End the kernels that the pool holds."""
        if self.pool is not None:
            self.pool.empty()

    async def close_pool(self) -> None:
        """End the kernels that the pool holds, and start no more."""
        if self.pool is not None:
            await self.pool.close()
