import re

import pytest

from beyond_the_no.explore import Bridge
from beyond_the_no.explore.explore import wording
from beyond_the_no.explore.house import WIDTH
from beyond_the_no.models.planks import PLANKS, planks, sag
from support.figures import marks, patches, words

ON_BRIDGE = [s for s in Bridge.states() if s["view"] == "bridge"]


def ground(state):
    """How deep the person stands, in px from the top."""
    ((_, y),) = marks(Bridge.figure(**state), "cloth")
    return y


def bare(**more):
    return Bridge.seen(dict.fromkeys(PLANKS, False) | more)


def test_a_plank_lifts_the_person_and_a_load_lowers_them():
    assert ground(bare(people=True)) < ground(bare())
    assert ground(bare(load="light")) < ground(bare()) < ground(bare(load="very"))


def test_the_depth_follows_the_model():
    deep = [ground(bare(load=load)) for load in ("light", "heavy", "very")]
    model = [sag(load, 0) for load in (1, 2, 3)]

    assert deep[1] - deep[0] == pytest.approx(deep[2] - deep[1])
    assert (deep[2] - deep[0]) / (deep[1] - deep[0]) == pytest.approx(
        (model[2] - model[0]) / (model[1] - model[0])
    )


def test_as_many_boards_are_filled_as_planks_are_held():
    for state in ON_BRIDGE:
        held = sum(state[name] for name in PLANKS)

        found = patches(Bridge.figure(**state), "pale_cloth")
        corners = sum(len(one.get_path().vertices) for one in found)
        assert corners == 5 * held
        assert Bridge.rows(**state)[2][1] == f"{held}"


def test_a_board_lies_where_its_control_is():
    every = Bridge.declared()
    fig = Bridge.figure(**Bridge.settled({"people": True, "skills": False}))
    (board,) = patches(fig, "pale_cloth")
    left, top, wide, tall = every["people"].at

    box = board.get_path().get_extents()
    assert (box.x0, box.y0) == pytest.approx((left, top), abs=2)
    assert (box.width, box.height) == pytest.approx((wide, tall), abs=3)
    for name in PLANKS:
        left, top, wide, tall = every[name].at
        assert left + wide <= WIDTH
        assert top + tall <= fig.get_figheight() * 72
        assert min(wide, tall) >= 27, "24 px on a narrow phone"


@pytest.mark.parametrize("state", ON_BRIDGE[::7])
def test_it_blames_nobody_and_breaks_under_nothing(state):
    said = Bridge.sentence(**state)

    assert "nobody’s fault" in said or "Nobody" in said
    assert not re.search(r"collaps|break|weak|strong", said)
    assert Bridge.kind(**state) == "model"


def test_each_plank_has_its_own_strip_with_its_own_numbers():
    for name, found in planks().items():
        state = Bridge.seen({"view": "studies", "study": name})
        rows = Bridge.rows(**state)

        assert Bridge.kind(**state) == "study"
        assert len(rows) == 1 + len(found)
        for row, known in zip(rows[1:], found, strict=True):
            shown = [float(n) for n in re.findall(r"-?\d+\.\d+", " ".join(row))]
            seen = [n for n in (known.effect, known.low, known.high) if n != ""]
            assert shown == seen
        labels = wording("bridge")["planks"]
        written = words(Bridge.figure(**state))
        assert not [
            one for key, one in labels.items() if key != name and one in written
        ]


def test_belonging_is_shown_by_its_order_alone():
    fig = Bridge.figure(**Bridge.seen({"view": "studies", "study": "belonging"}))

    assert "order only" in words(fig)
    assert not re.search(r"\d", words(fig))
