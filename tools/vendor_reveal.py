"""Vendor reveal.js: ``python tools/vendor_reveal.py``.

It is MIT licensed and turns slides, fragments and printed pages. Its script and its
licence are kept as they were published; its styles are not needed, since slides have
the look of our pages (`frontend/styles/deck.css`).
"""

import hashlib
from pathlib import Path

import npm_package

VENDOR = Path(__file__).parents[1] / "widgets/beyond_the_no/frontend/vendor/reveal"
PACKAGE, VERSION = "reveal.js", "5.2.1"
# of the whole package, as npm writes it
INTEGRITY = (
    "sha512-r7//6mIM5p34hFiDMvYfXgyjXqGRta+/psd9YtytsgRlrpRzFv4RbH76TXd2qD+7"
    "ZPZEbpBDhdRhJaFgfQ7zNQ=="
)
SUMS = {
    "dist/reveal.js": "46538b52db48724192f59bf46f5e851a"
    "18e302777c46f4a34c32709d010d6a29",
    "LICENSE": "34014800f4126ac2525e224166f099f26628612e95c41f76d70841b63138c989",
}


def main() -> None:
    """Fetch the package, and keep what is needed."""
    with npm_package.unpacked(PACKAGE, VERSION, INTEGRITY) as archive:
        for member, known in SUMS.items():
            file = archive.extractfile(f"package/{member}")
            text = file.read() if file else b""
            if hashlib.sha256(text).hexdigest() != known:
                raise SystemExit(f"{member} is not what it was.")
            (VENDOR / Path(member).name).write_bytes(text)


if __name__ == "__main__":
    main()
