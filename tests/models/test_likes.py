import pytest

from beyond_the_no.models.likes import counts, few


@pytest.mark.parametrize(
    ("person", "none", "posts"),
    [("first", 42, 116), ("second", 91, 166), ("third", 62, 82)],
)
def test_the_counts_on_screen_are_the_published_ones(person, none, posts):
    found = few(person, 0)

    assert (found.posts_with, found.posts) == (none, posts)


@pytest.mark.parametrize("person", ["first", "second", "third"])
def test_a_higher_bar_takes_in_more_posts(person):
    shares = [few(person, bar) for bar in (0, 2, 5)]

    assert [s.percent for s in shares] == sorted(s.percent for s in shares)
    for share in shares:
        assert 0 <= share.low <= share.percent <= share.high <= 100
        assert share.posts == sum(counts()[person].values())
