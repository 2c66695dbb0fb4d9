import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import norm

from beyond_the_no.models import ball_game, effects


@example(1.0, 0.05)
@given(
    st.floats(0.01, 3) | st.floats(-3, -0.01),
    st.floats(0.0001, 0.99),
)
def test_an_interval_gives_back_its_p_value(effect, p):
    found = effects.interval(effect, p)
    error = (found.high - found.low) / (2 * norm.isf(0.025))

    assert 2 * norm.sf(abs(effect) / error) == pytest.approx(p, rel=1e-6)
    if p != pytest.approx(0.05, rel=1e-9):  # there, one end is 0 but for rounding
        assert found.clear == (p < 0.05)


def test_the_pooled_effects_are_those_of_the_reviews():
    found = {name: row.effect for name, row in effects.reviews().items()}

    assert found == {"conditions": 0.32, "emotions": 0.08, "social": 0.18}
    assert [row.unclear for row in effects.reviews().values()] == [14, 11, 7]
    assert all(row.low < row.effect < row.high for row in effects.reviews().values())


def test_the_spray_is_clear_on_cortisol_in_strong_stress_alone():
    found = effects.on_cortisol()

    assert not found["any"].clear
    assert found["strong"].clear
    assert found["any"].high == pytest.approx(0.034, abs=0.001)


def test_calming_lowers_anger_and_steam_does_not():
    found = effects.on_anger()

    assert found["calm"].clear
    assert found["calm"].effect == -0.63
    assert not found["steam"].clear


def test_every_need_is_lower_and_every_hurt_higher_for_those_left_out():
    rows = ball_game.feelings()

    assert {row.left_out + row.included for row in rows.values()} == {247}
    for name, row in rows.items():
        need = name in ("belonging", "self_esteem", "control", "meaning")
        assert (row.gap > 0) == (row.mean_left_out < row.mean_included) == need


def test_three_studies_of_cortisol_saw_no_rise():
    found = [study.found for study in ball_game.studies()]

    assert found.count("none") == 3
