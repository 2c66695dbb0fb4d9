"""What every explorer keeps to, in every state that its controls can bring about."""

import re

import pytest

import goldens
from beyond_the_no.evidence.claims import claim
from beyond_the_no.evidence.plain_words import CITED, faults_of_words, grade
from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.house import svg

MOST = 400  # pictures of one explorer: a laptop draws them while people arrive

# one process draws an explorer, for all tests of it: see `groups`
every_explorer = pytest.mark.parametrize(
    "kind", goldens.EXPLORERS, ids=lambda kind: kind.__name__
)


def faults(kind, look):
    """What `look` finds in each state, with the state that it is found in."""
    return [(one.name, fault) for one in goldens.seen(kind) for fault in look(one)]


@every_explorer
def test_every_state_says_and_draws_what_it_did(kind):
    """Its sentence, its table, and where each thing is drawn: see `goldens`."""
    known = goldens.place(kind).read_text("utf-8")
    found = goldens.faults(kind, known, goldens.seen(kind))

    assert not found, "\n\n".join(found)


@every_explorer
def test_every_picture_is_drawn_in_the_same_bytes(kind):
    known = goldens.place(kind).read_text("utf-8")
    found = goldens.redrawn(kind, known, goldens.seen(kind))

    assert not found, found


@every_explorer
def test_it_has_pictures_for_a_few_hundred_states_at_most(kind):
    assert 2 <= len(goldens.seen(kind)) <= MOST


@every_explorer
def test_every_picture_can_be_read(kind):
    assert faults(kind, lambda one: one.unreadable) == []


@every_explorer
def test_the_same_controls_give_the_same_bytes(kind):
    every = goldens.seen(kind)
    for one in every[:: max(1, len(every) // 3)]:
        assert svg(kind.figure(**one.state)) == one.picture


@every_explorer
def test_every_move_is_answered(kind):
    every = goldens.seen(kind)
    shown = {str((o.picture, o.sentence, o.rows, o.notes)) for o in every}

    assert len(shown) == len(goldens.seen(kind))


def slips(text):
    """What is wrong with a sentence that answers a control."""
    if not 10 <= len(text.split()) <= 60:
        yield f"{len(text.split())} words: {text}"
    if grade(text.replace("*", "")) > 8:
        yield f"grade {grade(text)}: {text}"
    marked = text.split("*")[1::2]
    if text.count("*") % 2 or any(part != part.strip() or not part for part in marked):
        yield f"marks: {text}"
    if re.search(r"[{}]|\bnan\b|  | [.,]", text):
        yield f"not filled in: {text}"
    if not text.endswith((".", "?")):
        yield f"no end: {text}"
    yield from faults_of_words(text.replace("*", ""))


@every_explorer
def test_every_sentence_is_short_plain_and_kind(kind):
    assert faults(kind, lambda one: slips(one.sentence)) == []


@every_explorer
def test_every_caption_is_plain_and_kind(kind):
    captions = {kind.caption(**one.state) for one in goldens.seen(kind)}

    assert all(captions)
    assert [f for text in captions for f in faults_of_words(text)] == []


@every_explorer
def test_every_state_has_a_table(kind):
    for one in goldens.seen(kind):
        head, *rows = one.rows

        assert rows, one.name
        assert all(head), "a heading that says nothing"
        assert {len(row) for row in rows} == {len(head)}, one.name
        assert len(head) <= 4, "a phone is small"
        assert len({row[0] for row in rows}) == len(rows), "two rows of one name"
        assert all(isinstance(cell, str) and cell for row in rows for cell in row)


@every_explorer
def test_every_state_says_whether_it_is_data_or_a_model(kind):
    kinds = {kind.kind(**one.state) for one in goldens.seen(kind)}

    assert kinds <= wording("explore")["kinds"].keys()
    assert wording(kind.name)["kind"] in wording("explore")["kinds"]


@every_explorer
def test_its_words_are_plain_and_kind(kind):
    words = wording(kind.name)
    said = [words["title"], *(c.label for c in kind.declared().values())]
    if guess := words.get("guess"):
        said += [guess["question"], *guess["options"]]
        assert len(guess["options"]) >= 2

    assert [f for text in said for f in faults_of_words(text)] == []
    assert grade(" ".join(words["title"].split())) <= 10


@every_explorer
def test_it_rests_on_claims_that_people_may_see(kind):
    # a world that we made up says nothing of the real one
    assert kind.claims or {kind.kind(**state) for state in kind.states()} == {"model"}
    for each in map(claim, kind.claims):
        text = " ".join((each.plain, each.supports, each.limits, each.caution))
        assert each.status == "shown"
        assert grade(CITED.sub("", text)) <= 8, each.id
        assert faults_of_words(text) == []


@every_explorer
def test_its_data_are_read_when_it_is_made(kind, monkeypatch):
    def damaged():
        raise LookupError("damaged")

    monkeypatch.setattr(kind, "reads", (damaged,))
    with pytest.raises(LookupError):
        kind()
