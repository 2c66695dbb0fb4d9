"""Kernel provisioners for jupyter_client: kernels that hold an executed notebook.

They are forks of its template or, where nothing can be forked, processes that run it
again; the first that come may have been made ahead (see `pool`).
"""

import asyncio
import contextlib
import os
import select
import signal
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Instance, Unicode

from ...common import lifeline
from . import ipc
from .pool import PooledKernel
from .registry import KernelRegistry


class ProcessProvisioner(LocalProvisioner):
    """Starts a process, or takes one that waits ready."""

    template = Unicode(config=True)
    registry = Instance(KernelRegistry)
    _pooled: PooledKernel | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Take what waits ready, with its connection file; a restart never does."""
        manager: Any = self.parent
        self._pooled = None
        if not manager._connection_file_written:
            self._pooled = self.registry.take(self.template)
        if self._pooled is not None:
            manager.connection_file = self._pooled.connection_file
            manager.load_connection_file()
            manager._connection_file_written = True  # and so removed with the kernel
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start a kernel."""
        if self._pooled is None:
            kwargs["env"] = (kwargs.get("env") or os.environ) | lifeline.environment()
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid = self._pooled.process, self._pooled.pid
        self.pgid = os.getpgid(self.pid) if hasattr(os, "getpgid") else None
        return self.connection_info


class ForkProvisioner(ProcessProvisioner):
    """Forks from the template that its kernel spec names.

    The kernel is a grandchild, so it is watched by a process descriptor; its exit code
    is the template's to tell.
    """

    _pidfd: int | None = None
    _code: int | None = None

    @property
    def has_process(self) -> bool:
        """Whether a kernel was started and not yet waited for."""
        return self._pidfd is not None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel."""
        executed = self.registry.templates.get(self.template)
        if executed is None:
            raise RuntimeError("The notebook of this kernel is not there any more.")
        if self._pooled is not None:
            self.pid, self._pidfd = self._pooled.pid, self._pooled.pidfd
        else:
            env = {k: str(v) for k, v in (kwargs.get("env") or os.environ).items()}
            cwd = str(kwargs.get("cwd") or executed.notebook.parent)
            try:
                self.pid = await executed.fork(cmd[cmd.index("-f") + 1], cwd, env)
                self._pidfd = os.pidfd_open(self.pid)
            except (ipc.PeerClosed, ProcessLookupError) as error:
                raise RuntimeError("The template of this kernel has ended.") from error
        self.pgid = self.pid
        self._executed = executed
        self._code = None
        return self.connection_info

    async def poll(self) -> int | None:
        """Return None while the kernel runs, then its exit code."""
        if self._pidfd is None:
            return 0
        watch = select.poll()
        watch.register(self._pidfd, select.POLLIN)
        if not watch.poll(0):
            return None
        if self._code is None and self.pid is not None:
            code = await self._executed.exit_code(self.pid)
            self._code = -1 if code is None else code
        return self._code

    async def wait(self) -> int | None:
        """Wait for the kernel's end."""
        code: int | None = 0
        if self._pidfd is not None:
            while (code := await self.poll()) is None:
                await asyncio.sleep(0.02)
            os.close(self._pidfd)
            self._pidfd = None
        return code

    async def send_signal(self, signum: int) -> None:
        """Signal the kernel and what it has started."""
        if self._pidfd is None or self.pid is None:
            return
        try:
            os.killpg(self.pid, signum)
        except (ProcessLookupError, PermissionError):  # it has not left our group yet
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signum)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel at once."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)
