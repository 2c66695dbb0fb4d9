"""Handlers for pages: whether a kernel lives, and shutting it down."""

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

from .starter import KernelStarter


class PageKernel(KernelHandler):
    """Whether a page's kernel lives, or will as soon as it is needed."""

    def initialize(self, kernels: KernelStarter) -> None:
        """Remember the kernels."""
        self.kernels = kernels

    async def get(self, kernel_id: str) -> None:
        """Describe the kernel; 404 once it has ended, 503 while it finds no place."""
        if kernel_id in self.kernel_manager:
            await ensure_async(super().get(kernel_id))
            return
        if kernel_id.split("-")[0] in self.kernels.needless:
            self.set_status(204)  # its page lives without one
            self.finish()
            return
        if not self.kernels.may_begin(kernel_id):
            raise HTTPError(404)
        if self.kernels.full:
            raise HTTPError(503)
        model = {"id": kernel_id, "name": "python3", "execution_state": "starting"}
        self.finish(model | {"last_activity": "1970-01-01T00:00:00Z", "connections": 0})

    def delete(self, kernel_id: str) -> None:
        """Refuse: closing the page ends its kernel."""
        raise HTTPError(405)


class EndKernel(VoilaShutdownKernelHandler):
    """``/voila/api/shutdown/ID``: a page says that it goes."""

    def initialize(self, kernels: KernelStarter) -> None:
        """Remember the kernels."""
        self.kernels = kernels

    async def post(self, kernel_id: str) -> None:
        """End its kernel."""
        await self.kernels.end(kernel_id)
        self.set_status(204)
        self.finish()
