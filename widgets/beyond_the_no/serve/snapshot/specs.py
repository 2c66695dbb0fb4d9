"""Kernel specs that are made as they are needed: one for each executed notebook."""

import sys
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

from .provisioner import ForkProvisioner


class Specs(KernelSpecManager):
    """Knows, beside the installed kernels, those of `ForkProvisioner.templates`."""

    def get_kernel_spec(self, kernel_name: str) -> Any:
        """Return how to start a kernel that holds an executed notebook."""
        executed = ForkProvisioner.templates.get(kernel_name)
        if executed is None:
            return super().get_kernel_spec(kernel_name)
        alone = [sys.executable, "-m", f"{__package__}.alone"]
        spec = KernelSpec(
            argv=[*alone, "-f", "{connection_file}", str(executed.notebook)],
            display_name=executed.notebook.stem,
            language="python",
        )
        if executed.forks:
            provisioner = {"provisioner_name": "snapshot-fork"}
            config = {"config": {"template": kernel_name}}
            spec.metadata["kernel_provisioner"] = provisioner | config
        return spec
