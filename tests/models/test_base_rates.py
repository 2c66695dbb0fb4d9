import pytest

from beyond_the_no.models import base_rates


def test_the_rates_on_screen_are_the_published_ones():
    found = {kind: (r.yes, r.tries) for kind, r in base_rates.rates().items()}

    assert found == {
        "job": (392, 4870),
        "grant": (109357, 353725),
        "university": (1755, 4526),
    }


def test_a_band_holds_its_rate():
    for rate in base_rates.rates().values():
        assert 0 < rate.low < rate.share < rate.high < 1


def test_both_kinds_of_name_make_up_the_applications():
    names = base_rates.same_resume()

    assert names["white"] > names["black"]
    assert sum(names.values()) / 2 == pytest.approx(base_rates.rates()["job"].share)


def test_interviews_say_a_little_and_set_questions_say_more():
    found = base_rates.interviews()

    assert found["free"].r < found["all"].r < found["planned"].r < 0.3
    for interview in found.values():
        assert interview.low < interview.r < interview.high
    kinds = found["planned"].studies + found["free"].studies
    assert kinds == found["all"].studies - 15  # of these the source does not say
