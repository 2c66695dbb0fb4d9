"""How many likes the posts of three real people got.

Counted from the data behind figure 1 of Turner's study of posting as a habit
(github georgiaturner/rl_twitter, GPL-3.0). Three people are three people: nothing here
says what is usual for others.
"""

from functools import cache
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from beyond_the_no.models.brain import wilson
from beyond_the_no.models.files import Record, records


class Bin(Record):
    """A row of ``likes/posts_by_likes.csv``: posts of a person in a range of likes."""

    count: ClassVar[int] = 12
    person: Literal["first", "second", "third"]
    likes_from: int = Field(ge=0)
    likes_to: int = Field(ge=0)
    posts: int = Field(ge=0)


class Few(NamedTuple):
    """Posts with no more than some number of likes: how many, of how many, percent."""

    posts_with: int
    posts: int
    percent: float
    low: float
    high: float


@cache
def counts() -> dict[str, dict[int, int]]:
    """
    Count each person's posts by their likes.

    Returns
    -------
    dict
        ``counts()["first"][2]``: posts of the first person with at most 2 likes and
        more than the next lower bar. The highest key, 1,000,000, holds the rest.
    """
    found: dict[str, dict[int, int]] = {}
    for row in records("likes/posts_by_likes.csv", Bin):
        found.setdefault(row.person, {})[row.likes_to] = row.posts
    return found


def few(person: str, bar: int) -> Few:
    """
    How many posts of a person got no more than `bar` likes.

    Parameters
    ----------
    person : {"first", "second", "third"}
    bar : {0, 2, 5}

    Returns
    -------
    Few
        Percent of that person's posts, with a 95 % interval as if posts did not depend
        on each other.
    """
    bins = counts()[person]
    k, n = sum(v for top, v in bins.items() if top <= bar), sum(bins.values())
    low, high = (100 * end for end in wilson(k, n))
    return Few(k, n, 100 * k / n, low, high)
