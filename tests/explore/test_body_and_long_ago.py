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
        "Cortisol rose from 10 to *22* in about *20 minutes*. After 70 minutes"
    )
    assert "*20* did not rise at all" in said(StressCurve, view="people")


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
    assert "no proof" in GroupOrAlone.caption()
    assert GroupOrAlone.shown({})["kind"] == "model"


def test_the_model_is_told_with_its_switches():
    alone = said(StressCurve, view="model")
    calm = said(StressCurve, view="model", judged=False, in_control=True, friend=True)

    assert alone.startswith("Judged and not in control: cortisol goes from 11 to *23*")
    assert calm.startswith("With a friend there. Not judged, and in control:")
    assert "*stays* at 11" in calm


def test_switches_of_the_model_do_not_matter_elsewhere():
    assert StressCurve.draw(friend=True) == StressCurve.draw()


def test_being_left_out_changes_feelings_and_mostly_not_cortisol():
    assert "*2.3* against *4.6* of 5" in said(LeftOut)
    assert "cortisol *did not rise*" in said(LeftOut, view="cortisol")
    assert LeftOut.table(view="cortisol").count("no rise") == 3


def test_what_we_cannot_tell_from_none_is_said_so():
    assert "(0.08 and 0.18) we *cannot tell*" in said(OxytocinTrials)
    assert "Of 40 trials, *32*" in said(OxytocinTrials, view="trials")
    assert "*cannot tell*" in said(OxytocinTrials, view="cortisol")


def test_a_way_with_anger_is_shown_when_it_is_tried():
    assert len(Anger.rows("steam")) == len(Anger.rows("calm")) == 2
    assert len(Anger.rows("both")) == 3


def test_to_leave_is_the_safer_choice_where_a_group_does_harm():
    assert "to *leave* is the safer choice" in said(GroupOrAlone, harmful=True)


def test_no_state_says_that_it_is_safe_to_stay_where_harm_is_done():
    for state in GroupOrAlone.states():
        if state["harmful"]:
            sentence = GroupOrAlone.sentence(**state)
            assert "*leave*" in sentence or "*another group*" in sentence, state
