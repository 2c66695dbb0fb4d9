"""The gallery shows every widget, and says of each what the kit says."""

import re

import pytest
from PIL import Image

import gallery
import tidy_notebooks as tidy

ENTRIES = list(gallery.entries())
ADVICE = "Run `make screenshots`, look at the pictures, and save."

every_entry = pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.name)


def test_every_widget_is_in_the_gallery_once() -> None:
    shown = [(one.folder, one.name) for one in ENTRIES]

    assert len(set(shown)) == len(shown)
    assert set(shown) == gallery.widgets()


@every_entry
def test_an_example_is_of_its_widget(one: gallery.Entry) -> None:
    assert one.code.startswith(f"{one.name}(")
    assert one.sentence.endswith(".")


@every_entry
def test_a_widget_has_a_small_picture_of_itself(one: gallery.Entry) -> None:
    assert one.picture.is_file(), f"{one.name} has no picture. {ADVICE}"
    assert one.picture.stat().st_size <= gallery.MOST_BYTES
    with Image.open(one.picture) as picture:
        assert 300 < picture.width <= 390
        assert len(picture.convert("RGB").getcolors(2**24)) > 2, "an empty picture"


def test_the_page_says_what_the_notebook_says() -> None:
    assert gallery.PAGE.read_text("utf-8") == gallery.page(), ADVICE


def test_no_picture_is_left_that_no_page_shows() -> None:
    readme = (tidy.ROOT / "README.md").read_text("utf-8")
    shown = {
        tidy.ROOT / name for name in re.findall(r"widgets/pictures/\S+png", readme)
    }
    shown |= {one.picture for one in ENTRIES}

    assert set(gallery.PICTURES.rglob("*.png")) == shown
