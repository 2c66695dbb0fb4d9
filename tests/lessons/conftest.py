"""The lessons, read once, and the tool that puts them into their form."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def _load(path: Path) -> ModuleType:
    # A script of the Makefile, not a package: loaded by its place.
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


_load(ROOT / "tests" / "tidy_notebooks.py")
