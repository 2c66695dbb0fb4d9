import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from beyond_the_no.explore import BrainOverlap, Explore, Toggle
from beyond_the_no.explore.explore import HERE

SCRIPT, SHELF, STYLES = (
    HERE / name for name in ("explore.js", "shelf.js", "explore.css")
)


class Broken(Explore):
    """Cannot draw one of its two states."""

    name = "brain_overlap"
    friend = Toggle("A friend is there")

    @staticmethod
    def figure(friend):
        if friend:
            raise ZeroDivisionError
        return Figure()

    @staticmethod
    def sentence(friend):
        return "With a friend." if friend else "Alone."


@pytest.fixture
def explorer():
    return BrainOverlap()


def test_a_move_changes_picture_and_answer_together(explorer):
    before = explorer.picture, explorer.answer

    explorer.state = {**explorer.state, "bar": 5}

    assert explorer.picture != before[0]
    assert explorer.answer != before[1]
    assert (explorer.picture, explorer.answer) == BrainOverlap.draw(bar=5)


def test_it_can_start_anywhere():
    assert BrainOverlap(state={"view": "count"}).state == {
        "view": "count",
        "bar": 20,
        "region": "all",
    }


@pytest.mark.parametrize(
    "sent",
    [
        {"bar": 7},
        {"bar": "10"},
        {"bar": True},
        {"bar": [10]},
        {"view": None},
        {"colour": "red"},
        {"view": "zoom ", "region": {}},
    ],
)
def test_a_bad_part_is_ignored_and_the_good_state_kept(explorer, sent):
    explorer.state = {"view": "zoom", "bar": 10, "region": "all"}
    good = dict(explorer.state), explorer.picture

    explorer.set_state({"state": {**explorer.state, **sent}})

    assert (explorer.state, explorer.picture) == good


def test_the_good_part_of_a_bad_state_is_taken(explorer):
    explorer.set_state({"state": {"bar": 10, "view": "nowhere"}})

    assert explorer.state == {"view": "overlap", "bar": 10, "region": "all"}


@pytest.mark.parametrize("sent", [None, 3, "zoom", ["zoom"]])
def test_a_state_that_is_none_is_ignored(explorer, sent):
    good = explorer.state

    explorer.set_state({"state": sent})

    assert explorer.state == good


def test_a_page_cannot_write_what_the_model_writes(explorer):
    good = explorer.picture, explorer.answer

    explorer.set_state({"picture": "<svg/>", "answer": "You are …", "evidence": []})

    assert (explorer.picture, explorer.answer) == good
    assert explorer.evidence


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["view", "bar", "region", "x"]), st.text() | st.integers()
    )
)
def test_every_state_settles_on_known_values(sent):
    settled = BrainOverlap.settled(sent)

    assert settled.keys() == BrainOverlap.declared().keys()
    assert all(c.takes(settled[n]) for n, c in BrainOverlap.declared().items())
    assert BrainOverlap.seen(settled) in list(BrainOverlap.states())


def test_a_picture_that_fails_leaves_the_sentence(caplog):
    explorer = Broken()
    assert explorer.words["fault"] == ""

    explorer.state = {"friend": True}

    assert explorer.picture == ""
    assert explorer.answer == "With a friend."
    assert explorer.words["fault"].startswith("This picture couldn’t be drawn.")
    assert "Broken could not draw" in caplog.text


def test_a_second_one_on_a_page_has_a_title_of_its_own():
    assert BrainOverlap(title="Once more").words["title"] == "Once more"
    assert BrainOverlap().words["title"] == "Do the two maps match?"


def test_likely_states_come_first():
    first, second, *_ = BrainOverlap.states()

    assert first == BrainOverlap.settled()
    assert sum(second[n] != first[n] for n in first) == 1


def test_evidence_comes_with_a_word_for_how_sure_we_are(explorer):
    assert [claim["id"] for claim in explorer.evidence] == ["C09", "C10"]
    assert all(claim["references"] for claim in explorer.evidence)
    assert explorer.words["sure"] == "Evidence: mixed"


def test_script_and_python_agree_on_the_traits():
    named = set(re.findall(r'model\.[gs]et\("(\w+)"', SCRIPT.read_text()))
    own = Explore.class_own_traits(sync=True)

    assert named == {name for name in own if not name.startswith("_")}


def test_the_page_writes_the_state_alone():
    assert set(re.findall(r'model\.set\("(\w+)"', SCRIPT.read_text())) == {"state"}
    free = [
        n for n, t in Explore.class_own_traits(sync=True).items() if not t.read_only
    ]
    assert [n for n in free if not n.startswith("_")] == ["state"]


def test_script_and_python_agree_on_the_words(explorer):
    named = set(re.findall(r"\bwords\.(\w+)", SCRIPT.read_text())) | {
        *("fault", "caption", "kind", "kind_word", "rows"),
    }

    assert named <= explorer.words.keys()


def test_nothing_is_fetched_from_the_internet(explorer):
    for text in (SCRIPT.read_text(), SHELF.read_text(), STYLES.read_text()):
        assert not re.search(r"https?://|@import|\burl\(|\bimport\b", text)
    known = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert set(re.findall(r'https?://[^"]+', explorer.picture)) <= known


def test_words_never_become_markup():
    for script in (SCRIPT, SHELF):
        assert not re.search(
            r"innerHTML|insertAdjacentHTML|outerHTML|eval", script.read_text()
        )


def test_styles_stay_inside_the_widget():
    plain = re.sub(r"/\*.*?\*/", "", STYLES.read_text(), flags=re.S)
    selectors = re.findall(r"(?:^|[{}])\s*([^@{}]+?)\s*\{", plain)

    assert len(selectors) > 40
    for selector in selectors:
        for part in re.split(r",(?![^(]*\))", selector):
            assert part.strip().startswith(".beyond-explore"), selector


def test_the_script_stays_small():
    """
    Its code, without comments, types and the way it is laid out.

    Controls that lie on the picture, such as the planks of a bridge, are a part of it.
    """
    lines = (line.strip() for line in SCRIPT.read_text("utf-8").splitlines())
    code = [line for line in lines if not line.startswith(("//", "/*", "*"))]

    assert sum(map(len, code)) <= 9300  # characters


@settings(max_examples=20, deadline=None)  # a busy machine draws slowly
@given(st.sampled_from(list(BrainOverlap.states())))
def test_pictures_bring_no_style_for_the_page(state):
    picture, _ = BrainOverlap.draw(**state)

    assert picture.startswith("<svg")
    assert not re.search(r"<style|<script|<image|id=\"(figure|axes|text)_", picture)
    plain = re.sub(r"var\([^)]*\)", "", picture)
    assert set(re.findall(r"#[0-9a-fA-F]{6}\b", plain)) <= {"#000000"}


def test_a_reference_says_what_it_is_and_nothing_of_our_checking(explorer):
    said = [text for claim in explorer.evidence for text in claim["references"]]

    assert any("doi:10." in text for text in said)
    assert not any(re.search(r"checked|memory|abstract", text) for text in said)


def test_picture_sentence_and_table_come_together():
    shown = BrainOverlap.shown({"view": "count"})

    assert shown["picture"].startswith("<svg")
    assert shown["rows"] == BrainOverlap.rows("count", 20, "all")
    assert (shown["kind"], shown["kind_word"]) == ("study", "Study data")


def test_every_word_list_is_complete():
    table = tomllib.loads((HERE / "words.toml").read_text())

    assert table["brain_overlap"]["kind"] in table["explore"]["kinds"]
