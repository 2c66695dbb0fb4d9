"""How well a reference was read is for maintainers: it stands on no page."""

import json
import re

import pytest

from beyond_the_no import explore
from beyond_the_no.evidence.claims import CLAIMS_FILE, claims
from beyond_the_no.explore.explore import Explore
from beyond_the_no.server.rendering import templating
from support.served import REPO

pytestmark = pytest.mark.unit

STORED = json.loads(CLAIMS_FILE.read_text(encoding="utf-8"))
NOTES = [each["note"] for each in STORED["references"] if len(each["note"]) > 20]
WORDS = re.compile(
    r"second-hand|not yet read|whole paper|abstract read|checked in part"
)
SHOWN = [each for each in claims() if each.status == "shown"]
PACKAGE = REPO / "widgets" / "beyond_the_no"


@pytest.mark.parametrize("each", SHOWN, ids=lambda each: each.id)
def test_the_box_under_a_statement_grades_the_evidence_alone(each):
    page = templating.render("claim", claim=each)

    assert f"Evidence: {each.evidence}" in page
    assert not WORDS.search(page)
    assert not [note for note in NOTES if note in page]


def test_no_template_and_no_script_of_a_page_asks_for_it():
    files = [
        *(PACKAGE / "server" / "rendering" / "templates").rglob("*.j2"),
        *(PACKAGE / "commands").rglob("*.j2"),
        *(PACKAGE / "explore").glob("*.js"),
    ]
    assert len(files) > 40
    for path in files:
        text = path.read_text("utf-8")
        assert not re.search(r"(reference|found|claim)\.(checked|note)\b", text), path


def test_an_explorer_hands_its_page_the_evidence_and_no_notes():
    kinds = [getattr(explore, name) for name in explore.__all__]
    kinds = [one for one in kinds if issubclass(one, Explore) and one is not Explore]
    assert len(kinds) > 10
    for kind in kinds:
        for claim in kind().evidence:
            assert "checked" not in claim
            assert not [note for note in NOTES if note in json.dumps(claim)]
