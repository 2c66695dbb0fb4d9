"""Page numbers of a printed PDF: Chromium can't write them into a table of contents.

So a document with contents is printed twice: the first time tells on which page each
anchor came to lie, the second has these numbers in its contents. Chromium writes the
objects read here as plain text.
"""

import re

OBJECT = re.compile(rb"(?m)^(\d+) 0 obj\s*<<(.*?)^endobj", re.DOTALL)
KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
TARGET = re.compile(rb"/(?!Dest\b)([\w-]+)\s*\[(\d+) 0 R\s*/XYZ")
REFERENCE = re.compile(rb"(\d+) 0 R")


def page_numbers(pdf: bytes) -> dict[str, int]:
    """Return the page of each anchor that something in the document links to.

    Pages are counted from one. Without anchors there is nothing.
    """
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    number = {page: n for n, page in enumerate(_in_order(objects), start=1)}
    return {
        anchor.decode(): number[int(page)]
        for body in objects.values()
        for anchor, page in TARGET.findall(body)
        if int(page) in number
    }


def _in_order(objects: dict[int, bytes]) -> list[int]:
    """List the pages as they are turned: the leaves of the tree of pages."""
    kids = {
        number: [int(kid) for kid in REFERENCE.findall(found[1])]
        for number, body in objects.items()
        if re.search(rb"/Type\s*/Pages\b", body) and (found := KIDS.search(body))
    }
    below = {kid for several in kids.values() for kid in several}
    todo = [number for number in kids if number not in below]
    pages: list[int] = []
    while todo:
        first = todo.pop(0)
        if first in kids:
            todo[:0] = kids[first]
        else:
            pages.append(first)
    return pages
