"""Make the kit's serif: ``python tools/subset_font.py`` (needs fonttools and brotli).

Gelasio is under the SIL Open Font License, reserves no font name, and has the widths of
Georgia, which stands there until it has come. Three faces are kept, each with the
letters of `CHARACTERS`; together they fit into `MOST_BYTES`, which is what one page may
load. Anything else, such as a word in Arabic, is in a font of the reader's device.
"""

import io
import tarfile
from pathlib import Path

import npm_package

FONTS = Path(__file__).parents[1] / "widgets/beyond_the_no/frontend/fonts"
PACKAGE, VERSION = "@fontsource/gelasio", "5.3.0"
# of the whole package, as npm writes it
INTEGRITY = (
    "sha512-V95Jr9GxtSCkigiWKEDTIqajefhJHk8251aQYrMBmrdSeYnjgbKRYxLjGpr3/NjpOAf2"
    "bejIiZPwtzJ9Bcpsgw=="
)
FACES = {"regular": "400-normal", "italic": "400-italic", "bold": "700-normal"}
# of the plain figures, which stand in tables and on the wall; italics have none
FEATURES = {"regular": ("lnum",), "italic": (), "bold": ("lnum",)}
CHARACTERS = "".join(map(chr, range(0x20, 0x7F))) + (
    "\u00a0£°·×àáâäåæçèéêëíîïñóôöøúüßÄÉÖÜʻ–—‘’“”…€"
)
MOST_BYTES = 40_000


def main() -> None:
    """Fetch the package, and keep what is needed."""
    with npm_package.unpacked(PACKAGE, VERSION, INTEGRITY) as archive:
        keep(archive)


def keep(archive: tarfile.TarFile) -> None:
    """Write the faces, and the licence as it was published."""

    def read(member: str) -> bytes:
        file = archive.extractfile(f"package/{member}")
        return file.read() if file else b""

    FONTS.mkdir(exist_ok=True)
    (FONTS / "OFL.txt").write_bytes(read("LICENSE"))
    faces = {
        name: subset(read(f"files/gelasio-latin-{style}.woff2"), FEATURES[name])
        for name, style in FACES.items()
    }
    if (total := sum(map(len, faces.values()))) > MOST_BYTES:
        raise SystemExit(f"{total} bytes are too many for one page.")
    for name, face in faces.items():
        (FONTS / f"gelasio-{name}.woff2").write_bytes(face)


def subset(source: bytes, features: tuple[str, ...]) -> bytes:
    """Leave the characters that the kit writes, their kerning and their ligatures."""
    from fontTools import subset as tool
    from fontTools.ttLib import TTFont

    options = tool.Options()
    options.flavor, options.hinting = "woff2", False
    options.layout_features = ["kern", "liga", *features]
    options.name_IDs = [0, 1, 2, 13, 14]  # whose it is, and its licence
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    kept = tool.Subsetter(options)
    kept.populate(text=CHARACTERS)
    kept.subset(font)
    into = io.BytesIO()
    font.flavor = "woff2"
    font.save(into)
    return into.getvalue()


if __name__ == "__main__":
    main()
