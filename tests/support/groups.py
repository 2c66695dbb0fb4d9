"""Which tests stay on one worker: those of a file share a server or a browser.

xdist's own groups (``--dist loadgroup``) are not seen with pytest 9.2.
"""

from xdist.scheduler import LoadFileScheduling

# each value of the first parameter by itself: an explorer's tests share its drawings
SPLIT = ("tests/explore/test_every_explorer.py", "tests/content/test_nbval.py")


class ByFile(LoadFileScheduling):
    """Hand out files whole, and long ones by their first parameter."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        if file not in SPLIT or "[" not in test:
            return file
        value = test.partition("[")[2].rstrip("]").partition("-")[0]
        return f"{file}[{value}]"
