"""The explorers of the healing lessons: what they say is true in every state."""

import re

import pytest

from beyond_the_no.evidence.claims import claim
from beyond_the_no.explore import HowManyNoes, Interviews, Therapies
from beyond_the_no.explore.explore import wording

KINDS = [HowManyNoes, Interviews, Therapies]
FINAL = "When someone says no to you, that’s final."


def name(value):
    if isinstance(value, dict):
        return "-".join(map(str, value.values()))
    return value.__name__


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_a_sentence_changes_only_through_its_controls(kind):
    for state in kind.states():
        assert kind.sentence(**state) == kind.sentence(**kind.seen(state))


class TestHowManyNoes:
    @pytest.mark.parametrize(
        "state",
        list(HowManyNoes.states()),
        ids=lambda s: "-".join(map(str, s.values())),
    )
    def test_a_no_from_a_person_is_final_beside_every_picture(self, state):
        assert HowManyNoes.caption(**state).endswith(FINAL)

    def test_nothing_is_tried_for_that_is_a_person(self):
        said = " ".join(wording("how_many_noes")["goals"].values())

        assert not re.search(r"date|love|partner|friend", said, re.I)

    def test_ten_applications_at_the_real_rate(self):
        assert HowManyNoes.sentence("job", 10) == (
            "With a chance of *8 in 100* each time, *43 of 100* people are still "
            "waiting after *10 tries*. Long runs of rejections are common, and they "
            "say little about the person."
        )

    def test_a_rare_run_is_not_called_common(self):
        rare = HowManyNoes.draw(goal="university", tries=30)[1]

        assert "fewer than 1 of 100" in rare
        assert "common" not in rare
        assert "common" in HowManyNoes.draw(goal="job", tries=30)[1]


class TestInterviews:
    def test_an_interview_is_set_beside_a_coin(self):
        assert Interviews.draw()[1] == (
            "In *57 of 100* pairs, the one the interview preferred did better at the "
            "job. In *43*, it was the one turned down. A coin toss would give 50."
        )

    def test_the_pairs_in_which_it_was_right_are_filled(self):
        [ax] = Interviews.figure("all").axes
        open_rings, filled, line = ax.lines

        assert (len(open_rings.get_xdata()), len(filled.get_xdata())) == (43, 57)
        fifty = 50 / 5  # columns of five
        assert (line.get_xdata() == fifty - 0.5).all()


class TestTherapies:
    WORDS = wording("therapies")

    def test_all_nine_answer_all_four_questions(self):
        assert len(self.WORDS["names"]) == 9
        for key in self.WORDS["names"]:
            assert self.WORDS[key].keys() == self.WORDS["asks"].keys()

    def test_one_stands_alone_in_every_picture(self):
        for key, shown in self.WORDS["names"].items():
            picture = Therapies.draw(therapy=key)[0]
            others = [n for k, n in self.WORDS["names"].items() if k != key]

            assert shown in picture
            assert not [other for other in others if other in picture]

    def test_none_is_said_to_be_best(self):
        said = " ".join(
            text for key in self.WORDS["names"] for text in self.WORDS[key].values()
        )

        assert not re.search(
            r"\bbest\b|\bbetter than (CBT|ACT|IPT)|most effective", said
        )

    def test_each_says_how_sure_its_own_claim_is(self):
        for key, id in zip(self.WORDS["names"], Therapies.claims, strict=True):
            said = Therapies.caption(therapy=key, ask="session")

            assert f"Evidence: {claim(id).evidence}." in said

    def test_a_therapy_is_named_by_its_claim(self):
        words = ["CBT", "ACT", "IPT", "Exposure", "MBSR", "training", "Narrative"]
        words += ["group therapy", "Medicine"]
        for word, id in zip(words, Therapies.claims, strict=True):
            assert word in claim(id).plain

    def test_medicine_names_none_and_says_not_to_stop_alone(self):
        assert "*Don’t start or stop* on your own" in self.WORDS["medicine"]["suit"]
