"""What the pictures of lessons 02 and 03 say, number by number."""

import pytest

from beyond_the_no.explore import (
    Anger,
    GroupOrAlone,
    LeftOut,
    OxytocinTrials,
    StressCurve,
)


def said(kind, **state):
    return kind.sentence(**kind.settled(state))


def test_the_wave_is_told_with_its_numbers():
    assert said(StressCurve).startswith(
        "Cortisol rose from 9 to *20* in about *20 minutes*. After 70 minutes"
    )
    assert "In *35* of 200 people, it didn’t clearly rise" in said(
        StressCurve, view="people"
    )


def test_what_a_friend_changes_is_an_order_and_no_amount():
    state = {"view": "friend"}

    assert "the order, not the amounts" in said(StressCurve, **state)
    assert StressCurve.table(**state).splitlines()[1:] == [
        "highest  alone",
        "between  friend, alone + spray",
        "lowest   friend + oxytocin spray",
    ]


@pytest.mark.parametrize("view", ["measured", "people", "friend"])
def test_a_study_is_marked_as_a_study(view):
    assert StressCurve.shown({"view": view})["kind_word"] == "Study data"


def test_a_model_is_marked_as_a_model():
    shown = StressCurve.shown({"view": "model"})

    assert shown["kind_word"] == "Model, not data"
    assert "our choice" in shown["caption"]
    assert "proves nothing" in GroupOrAlone.caption()
    assert GroupOrAlone.shown({})["kind"] == "model"


def test_the_model_is_told_with_its_switches():
    alone = said(StressCurve, view="model")
    calm = said(StressCurve, view="model", judged=False, in_control=True, friend=True)

    assert alone.startswith(
        "Others are judging, and the speaker isn’t in control. "
        "Cortisol goes from 11 to *23*"
    )
    assert calm.startswith(
        "A friend is there. Nobody is judging, and the speaker is in control."
    )
    assert "*stays* at 11" in calm


def test_switches_of_the_model_do_not_matter_elsewhere():
    assert StressCurve.draw(friend=True) == StressCurve.draw()


def test_being_left_out_changes_feelings_and_mostly_not_cortisol():
    assert "*2.3* out of 5, compared with *4.6*" in said(LeftOut)
    assert "cortisol *didn’t rise*" in said(LeftOut, view="cortisol")
    assert LeftOut.table(view="cortisol").count("no rise") == 3


def test_what_we_cannot_tell_from_none_is_said_so():
    assert "In the other two, we *can’t tell* it from none" in said(OxytocinTrials)
    assert "In *32* of 40 trials" in said(OxytocinTrials, view="trials")
    assert "*can’t tell*" in said(OxytocinTrials, view="cortisol")


def test_a_way_with_anger_is_shown_when_it_is_tried():
    assert len(Anger.rows("steam")) == len(Anger.rows("calm")) == 2
    assert len(Anger.rows("both")) == 3


def test_to_leave_is_the_safer_choice_where_a_group_does_harm():
    assert "*leaving* is safer" in said(GroupOrAlone, harmful=True)


def test_no_state_says_that_it_is_safe_to_stay_where_harm_is_done():
    for state in GroupOrAlone.states():
        if state["harmful"]:
            sentence = GroupOrAlone.sentence(**state)
            assert "*leaving*" in sentence or "*another group*" in sentence, state
