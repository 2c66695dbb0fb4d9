"""Error messages of cells; for a missing package, how to install it."""

import sys

# what is imported → what is installed, where the names differ
INSTALLED_AS = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python-headless",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
MISSING = (
    "{error}. Install it and start again: {python} -m pip install {package} (or, if "
    "it is a file of yours, put {module}.py beside the notebook)"
)


def sentence(error: BaseException) -> str:
    """Say what was raised."""
    message = f"{type(error).__name__}: {error}"
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return message
    module = error.name.partition(".")[0]
    if module in sys.modules:  # the package is there, and has no such part
        return message
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    package = INSTALLED_AS.get(module, module)
    return MISSING.format(error=message, python=python, package=package, module=module)
