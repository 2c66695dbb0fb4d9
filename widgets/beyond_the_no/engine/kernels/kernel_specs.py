"""Kernel specs made on demand, one for each executed notebook."""

from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from traitlets import Instance

from . import zygote_client
from .registry import KernelRegistry


class Specs(KernelSpecManager):
    """Knows, beside the installed kernels, those of its registry."""

    registry = Instance(KernelRegistry, ())

    def get_kernel_spec(self, kernel_name: str) -> Any:
        """Return how to start a kernel that holds an executed notebook."""
        executed = self.registry.templates.get(kernel_name)
        if executed is None:
            return super().get_kernel_spec(kernel_name)
        spec = KernelSpec(
            argv=zygote_client.alone(executed.notebook, "{connection_file}"),
            display_name=executed.notebook.stem,
            language="python",
        )
        spec.metadata["kernel_provisioner"] = {
            "provisioner_name": f"snapshot-{'fork' if executed.forks else 'process'}",
            "config": {"template": kernel_name, "registry": self.registry},
        }
        return spec
