from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from beyond_the_no.models import stress

MINUTES = np.linspace(0, 400, 801)
switches = st.tuples(st.booleans(), st.booleans(), st.booleans())


def test_what_was_measured_are_the_published_means_and_the_middle_person():
    wave = stress.measured()

    assert wave.minute.tolist() == [-5, 11, 20, 30, 40, 55, 70]
    means = [10.3, 15.5, 21.9, 21.6, 17.8, 13.5, 11.2]
    assert stress.means().round(1).tolist() == means
    middle = [8.8, 13.4, 19.9, 19.3, 15.4, 12.6, 10.0]
    assert wave.line.round(1).tolist() == pytest.approx(middle, abs=0.06)
    assert (wave.low < wave.line).all()
    assert (wave.line < wave.high).all()


def test_a_rise_below_the_published_bound_is_no_clear_rise():
    groups = ("all", "women", "men")

    assert [stress.no_clear_rise(group) for group in groups] == [35, 28, 7]


@pytest.mark.parametrize("group", ["all", "women", "men"])
def test_everybody_is_in_one_bar(group):
    bars = stress.rises(group)

    assert sum(people for *_, people in bars) == (200 if group == "all" else 100)
    assert all(a[1] == b[0] for a, b in pairwise(bars))


def test_the_model_follows_the_measured_means():
    start, _, r = stress.fit()
    minute, mean = stress.measured().minute, stress.means()
    wave = stress.modelled(True, False, False, 1)
    there = np.interp(minute, wave.minute, wave.line)

    assert r > 0.98
    assert np.sqrt(((there - mean) ** 2).mean()) < 1  # nmol/l
    assert start == pytest.approx(mean[0], abs=1)


def test_the_model_peaks_when_the_study_did_and_comes_back():
    wave = stress.modelled(True, False, False, 0)

    assert 20 <= wave.minute[wave.line.argmax()] <= 25
    assert wave.line[-1] - wave.line[0] < 0.1 * (wave.line.max() - wave.line[0])


def test_the_band_of_the_model_is_about_that_of_the_study():
    found, wave = stress.measured(), stress.modelled(True, False, False, 1)

    for end, model in ((found.low, wave.low), (found.high, wave.high)):
        assert np.interp(found.minute, wave.minute, model) == pytest.approx(
            end, rel=0.2
        )


def test_the_shape_solves_its_equations():
    def flow(_, y):
        kt, ka, ke = stress.TRANSIT, stress.UPTAKE, stress.CLEARING
        passed = [kt * y[0], kt * y[1], kt * y[2], ka * y[3]]
        return [
            -passed[0],
            *(a - b for a, b in pairwise(passed)),
            passed[3] - ke * y[4],
        ]

    ends = (0, MINUTES[-1])
    solved = solve_ivp(
        flow, ends, [1, 0, 0, 0, 0], t_eval=MINUTES, rtol=1e-9, atol=1e-12
    )

    assert stress.shape(MINUTES) == pytest.approx(solved.y[4], abs=1e-7)


def test_what_goes_in_comes_out():
    """The whole pulse passes through the saliva: clearing times area is one."""
    area = np.trapezoid(stress.shape(MINUTES), MINUTES)

    assert stress.CLEARING * area == pytest.approx(1, abs=1e-3)


def test_in_the_end_half_is_gone_in_a_half_life_of_the_slowest_step():
    half = np.log(2) / stress.CLEARING
    late = stress.shape(np.array([200.0, 200 + half]))

    assert late[1] / late[0] == pytest.approx(0.5, abs=1e-3)


def test_there_is_nothing_before_the_speech():
    assert stress.shape(np.array([-5.0, 0.0])).tolist() == [0, 0]


@settings(max_examples=25, deadline=None)
@given(switches, st.floats(0, 1))
def test_more_threat_never_gives_less_and_a_friend_never_more(on, differ):
    judged, in_control, friend = on
    wave = stress.modelled(judged, in_control, friend, differ)

    assert (wave.line <= stress.modelled(True, in_control, friend, differ).line).all()
    assert (wave.line <= stress.modelled(judged, False, friend, differ).line).all()
    assert (stress.modelled(judged, in_control, True, differ).line <= wave.line).all()


@settings(max_examples=25, deadline=None)
@given(switches, st.floats(0, 1))
def test_the_band_holds_the_average_and_grows_as_people_differ(on, differ):
    wave, wider = stress.modelled(*on, differ), stress.modelled(*on, 1)

    assert (wave.low <= wave.line).all()
    assert (wave.line <= wave.high).all()
    assert (wave.low >= 0).all()
    assert (wider.high - wider.low >= wave.high - wave.low - 1e-9).all()


def test_without_a_threat_nothing_rises():
    assert stress.strength(False, True, False) == 0
    assert np.ptp(stress.modelled(False, True, False, 0).line) == 0
