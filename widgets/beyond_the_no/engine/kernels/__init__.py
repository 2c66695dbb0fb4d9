"""Kernels that are forks of an executed notebook."""
