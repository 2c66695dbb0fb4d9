"""What the group does, kind by kind: a real phone, the wall, and eleven other phones.

With ``ACTIVITY_PICTURES=folder`` in the environment each screen is kept as a picture.
"""

import math
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from beyond_the_no.together.together import words
from support import small_lessons as nb
from support.room_line import KeyLine, PhoneLine
from support.served import Phone, Served, serve, violations

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 720}, "has_touch": False}
KINDS = {
    "signs": """Poll("signs", "Which of these do you know?",
    ["Sleeping badly", "Staying home", "Keeping busy", "Reading"], many=True,
    picture="bench", alt="A bench under a tree")""",
    "weather": """Scale("weather", "What is your weather right now?",
    can_stir="How the day has been.")""",
    "rounds": """TwoRounds("rounds", "A friend did not answer. What is most likely?",
    ["Busy", "Upset", "Did not see it", "Not sure"])""",
    "posts": """Guess("posts", "How many of a hundred posts get no answer at all?", 62,
    unit="%", source="a study made up for a test")""",
    "ways": """Dots("ways", "What helps you most?",
    ["A walk", "A friend", "Music", "Sleep", "Writing it down", "Dancing"])""",
    "where": 'Place("where", "Where does the hurt show in a brain?")',
    "words": 'WordBoard("words", "One word for how rejection feels")',
    "texts": 'Texts("texts", "What helped, a little?")',
    "breath": 'Breathe("breath")',
    "bring": 'Includer("bring")',
    "ideas": 'Ideas("ideas", "What could we try?")',
    "ask": 'Questions("ask", "What would you like to ask us?")',
    "talk": 'Pairs("talk", "What does a kind no sound like?", size=3, '
    'roles=["Speaker", "Listener", "Noticer"])',
}
IMPORTED = "from beyond_the_no.together import *"
ARRIVED = """(place) =>
  place.getAnimations({ subtree: true }).forEach((one) => one.finish())"""
SKEW = 3_600_000  # milliseconds: a phone whose clock is an hour ahead


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = nb.write(
        tmp_path_factory.mktemp("lessons"),
        all=nb.notebook("# All", "## We do", IMPORTED, *KINDS.values(), title="All"),
    )
    with serve("--lessons", str(folder)) as it:
        yield it


class Stage:
    """A room with a leader and eleven lines, one real phone and the wall."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.leader = KeyLine(served)
        self.leader.waits_for(lambda state: len(state["questions"]) == len(KINDS))
        self.leader.lead("move", lesson="all")
        self.group = [PhoneLine(served) for _ in range(11)]
        self.phone = Phone(browser, served)
        self.phone.context.add_init_script(
            f"const late = Date.now; Date.now = () => late() + {SKEW};"
        )
        self.phone.join()
        self.phone.lesson("all")
        self.wall = Phone(browser, served, **WIDE)
        self.wall.page.goto(served.wall)

    def widget(self, name: str) -> Locator:
        box = self.phone.page.locator(f".together:has(#together-{name})")
        box.scroll_into_view_if_needed()
        return box

    def tap(self, name: str, label: str) -> None:
        button = self.widget(name).get_by_role("button", name=re.compile(f"^{label}"))
        button.click()

    def lead(self, kind: str, name: str, **more: object) -> None:
        self.leader.lead(kind, activity=name, **more)

    def picture(self, name: str, what: str) -> None:
        """Keep what is on both screens, and find what axe-core finds."""
        folder = os.environ.get("ACTIVITY_PICTURES")
        if folder:
            Path(folder).mkdir(exist_ok=True)
            self.widget(name).evaluate("e => e.scrollIntoView()")
            self.phone.page.screenshot(path=f"{folder}/{name}-{what}-phone.png")
            self.wall.page.screenshot(path=f"{folder}/{name}-{what}-wall.png")
        assert violations(self.phone.page) == []
        assert violations(self.wall.page) == []


@pytest.fixture(scope="module")
def stage(browser: Browser, served: Served) -> Iterator[Stage]:
    made = Stage(browser, served)
    yield made
    for one in (made.phone, made.wall):
        assert one.asked_elsewhere() == []
        assert one.errors == []
        one.close()
    for line in (made.leader, *made.group):
        line.close()


def answers(frames: list[str]) -> list[str]:
    return [f for f in frames if '"type":"answer"' in f]


def test_one_may_choose_many(stage: Stage) -> None:
    stage.lead("collect", "signs")
    stage.tap("signs", "Join")
    box = stage.widget("signs")
    for page in (stage.phone.page, stage.wall.page):
        seen = page.get_by_role("img", name="A bench under a tree")
        expect(seen).to_be_visible()
        expect(seen).to_have_js_property("complete", True)
        assert seen.evaluate("image => image.naturalWidth") > 0
    box.get_by_role("button", name="Done").click()
    expect(box.get_by_role("status")).to_contain_text("Pick one or more")
    box.get_by_label("Sleeping badly").check()
    box.get_by_label("Keeping busy").check()
    stage.picture("signs", "choose")
    box.get_by_role("button", name="Done").click()
    expect(box.get_by_text("Done.")).to_be_visible()
    for at, line in enumerate(stage.group):
        line.answer("signs", None, values=[0, 1] if at % 2 else [0, 3])
    stage.lead("reveal", "signs")

    picture = box.locator(".picture")
    expect(picture.locator(".answer")).to_have_text("Most of us said: Sleeping badly.")
    expect(picture).to_contain_text("a few or none")
    stage.picture("signs", "shown")
    stage.lead("put_away", "signs")


def test_dots_are_laid_and_shown_as_an_order_in_three_groups(stage: Stage) -> None:
    stage.lead("collect", "ways")
    box = stage.widget("ways")
    expect(box).to_contain_text("You have 5 dots.")
    stage.tap("ways", "Join")
    left = box.get_by_role("status").first
    for name in ("A friend", "A friend", "Music"):
        stage.tap("ways", f"A dot on: {name}")
    expect(left).to_have_text("You have 2 dots to lay.")
    stage.tap("ways", "Take one off: Music")
    for name in ("Sleep", "Sleep", "Sleep"):
        stage.tap("ways", f"A dot on: {name}")
    expect(left).to_have_text("All your dots are laid. Take one off to move it.")
    stage.picture("ways", "choose")
    stage.tap("ways", "Done")
    expect(box.get_by_text("Done.")).to_be_visible()
    for at, line in enumerate(stage.group):
        line.answer("ways", None, values=[1, 1, 1, 1, 3] if at % 2 else [0, 0, 1, 3, 3])
    stage.lead("reveal", "ways")

    picture = box.locator(".picture")
    expect(picture.locator(".answer")).to_have_text(
        "Most of our dots lie on: A friend and Sleep."
    )
    expect(picture.locator(".band-second")).to_have_text(
        re.compile("some dots.*A walk")
    )
    expect(picture.locator(".band-third")).to_contain_text("Music")
    expect(stage.wall.page.locator("#picture .band-first")).to_contain_text("Sleep")
    expect(picture).not_to_contain_text(re.compile(r"\d"))
    stage.picture("ways", "shown")
    stage.lead("put_away", "ways")


def test_a_place_is_tapped_or_picked_and_shown_as_a_map(stage: Stage) -> None:
    stage.lead("collect", "where")
    stage.tap("where", "Join")
    box = stage.widget("where")
    expect(box.get_by_role("radio")).to_have_count(7)
    box.get_by_label("Front insula").check()
    expect(box.locator(".together-chosen")).to_contain_text("Front insula")
    box.get_by_label("Lower ACC").press("ArrowDown")
    expect(box.get_by_label("Front insula")).to_be_checked()
    stage.picture("where", "choose")
    stage.tap("where", "Done")
    expect(box.get_by_text("Done.")).to_be_visible()
    for at, line in enumerate(stage.group):
        line.answer("where", [0, 0, 2, 4][at % 4])
    stage.lead("reveal", "where")

    picture = box.locator(".picture")
    expect(picture.locator(".answer")).to_contain_text("Upper ACC")
    heat = box.locator(".brain-map-area").evaluate_all(
        "areas => areas.map((area) => Number(area.style.getPropertyValue('--heat')))"
    )
    assert [round(share, 1) for share in heat] == [1, 0, 0.7, 0, 0, 0]
    wall = stage.wall.page.locator("#picture")
    expect(wall.locator(".brain-map-area")).to_have_count(6)
    expect(wall).to_contain_text("Upper ACC")
    expect(wall.locator(".answer")).to_be_visible()
    wall.evaluate(ARRIVED)
    stage.picture("where", "shown")
    stage.lead("put_away", "where")


def test_the_weather_before_waits_unseen_and_is_shown_beside_the_weather_after(
    stage: Stage,
) -> None:
    box = stage.widget("weather")
    stage.lead("collect", "weather")
    expect(box).to_contain_text("There’s no average.")
    stage.picture("weather", "note")
    stage.tap("weather", "Join")
    box.get_by_label("rainy").check()
    box.get_by_role("button", name="Done").click()
    for at, line in enumerate(stage.group):
        line.answer("weather", [0, 1, 1, 2][at % 4])
    stage.lead("hold", "weather")
    stage.lead("collect", "breath")  # something else goes on meanwhile
    stage.lead("put_away", "breath")
    for one in (stage.phone, stage.wall):
        assert one.page.locator(".picture").count() == 0
    stage.lead("collect", "weather")
    expect(box.get_by_text("Who sees what").first).to_be_visible()
    stage.tap("weather", "Join")
    box.get_by_label("sunny").check()
    box.get_by_role("button", name="Done").click()
    for at, line in enumerate(stage.group):
        line.answer("weather", [2, 3, 3, 4][at % 4], round=2)
    stage.lead("reveal", "weather")

    for one in (box, stage.wall.page):
        said = one.locator(".picture .answer").last
        expect(said).to_contain_text("The room has moved towards “sunny”.")
        expect(one.locator(".picture").last).to_contain_text("The first time")
    stage.picture("weather", "shown")
    stage.lead("put_away", "weather")


def test_a_vote_a_talk_and_a_second_vote(stage: Stage) -> None:
    box = stage.widget("rounds")
    for round_, said in ((1, "Upset"), (2, "Did not see it")):
        stage.lead("collect", "rounds")
        stage.tap("rounds", "Join")
        box.get_by_label(said).check()
        box.get_by_role("button", name="Done").click()
        for at, line in enumerate(stage.group):
            chosen = [1, 1, 0, 3][at % 4] if round_ == 1 else [2, 0, 2, 1][at % 4]
            line.answer("rounds", chosen, round=round_)
        if round_ == 1:
            stage.lead("hold", "rounds")
    stage.lead("reveal", "rounds")

    expect(box.locator(".picture .answer")).to_contain_text(
        "The first time it was: Upset."
    )
    stage.picture("rounds", "shown")
    stage.lead("put_away", "rounds")


def test_a_guess_stays_here_and_its_range_goes_to_the_room(stage: Stage) -> None:
    stage.lead("collect", "posts")
    stage.tap("posts", "Join")
    box = stage.widget("posts")
    box.get_by_label("Your guess").fill("140")
    box.get_by_role("button", name="Done").click()
    expect(box.get_by_role("status")).to_contain_text("Type a number from 0% to 100%")
    box.get_by_label("Your guess").fill("37")
    stage.picture("posts", "guess")
    box.get_by_role("button", name="Done").click()
    for at, line in enumerate(stage.group):
        line.answer("posts", [0, 1, 1, 1, 1, 1, 2, 2, 3, 4, 4][at])
    stage.lead("reveal", "posts")

    expect(box.locator(".answer")).to_contain_text("The data say: 62%")
    expect(box).to_contain_text("Most of us guessed too low.")
    expect(box).to_contain_text("Your guess, on this phone: 37%.")
    assert '"value":1' in answers(stage.phone.frames)[-1]
    assert not [f for f in answers(stage.phone.frames) if "37" in f]
    stage.picture("posts", "shown")
    stage.lead("put_away", "posts")


def test_words_are_read_first_and_stand_on_a_board(stage: Stage) -> None:
    words = ["heavy", "Heavy", "heavy", "small", "heavy", "HEAVY", "angry", "quiet"]
    stage.lead("collect", "words")
    stage.tap("words", "Join")
    box = stage.widget("words")
    box.get_by_label("Your word").fill("like fog")
    box.get_by_role("button", name="Done").click()
    for line, word in zip(stage.group, words, strict=False):
        line.answer("words", None, text=word)
    assert stage.leader.question("words")["queue"] == []
    stage.lead("reveal", "words")
    queue = stage.leader.question("words")["queue"]
    assert len(queue) == 5, "a word that several wrote comes once"
    chosen = [{"id": one["id"]} for one in queue if one["text"] != "angry"]
    stage.lead("release", "words", texts=chosen)

    for one in (box, stage.wall.page):
        board = one.locator(".board")
        expect(board.get_by_role("listitem")).to_have_count(4)
        expect(board).not_to_contain_text("angry")
        expect(board.locator(".often")).to_contain_text(re.compile("heavy", re.I))
    stage.picture("words", "shown")
    stage.lead("put_away", "words")


def test_a_text_is_retold_left_or_taken_back_and_nobody_sees_who(stage: Stage) -> None:
    stage.lead("collect", "texts")
    stage.tap("texts", "Join")
    box = stage.widget("texts")
    box.get_by_label("Your text").fill("A walk with Ana by the river.")
    stage.picture("texts", "write")
    box.get_by_role("button", name="Done").click()
    for at, line in enumerate(stage.group):
        line.answer("texts", None, text=f"Text of somebody, number {'abcdefghijk'[at]}")
    assert len(answers(stage.phone.frames)[-1].encode()) == 2048, "as long as a pass"
    stage.lead("reveal", "texts")
    expect(box).to_contain_text("The leader is reading first.")
    queue = stage.leader.question("texts")["queue"]
    (mine,) = (one for one in queue if "river" in one["text"])
    assert mine["hints"] == ["Ana"]
    first, second, *_ = (one for one in queue if one is not mine)
    told = [{"id": first["id"]}, {"id": second["id"], "say": "Somebody rested."}]
    stage.lead("release", "texts", texts=told)
    expect(box.get_by_text("Somebody rested.")).to_contain_text("the leader’s words")
    stage.picture("texts", "shown")

    box.get_by_role("button", name="Take mine back").click()
    expect(box.get_by_text("Taken back.")).to_be_visible()
    assert stage.leader.question("texts")["queue"], "nothing moves as she taps"
    stage.lead("release", "texts", texts=[{"id": mine["id"], "looked": True}])
    assert "river" not in str(stage.leader.question("texts"))
    stage.lead("put_away", "texts")


def test_phone_and_wall_breathe_in_step_whatever_the_phones_clock_says(
    stage: Stage,
) -> None:
    stage.lead("collect", "breath")
    box = stage.widget("breath")
    stage.picture("breath", "rest")
    stage.tap("breath", "Join in")
    both = (stage.phone.page, stage.wall.page)
    for page in both:
        page.wait_for_function(
            "() => document.querySelector('.pacer .lens path').getAnimations().length"
        )
    stage.picture("breath", "on")
    ages = [
        page.evaluate(
            "() => [beyond.now(), document.querySelector('.pacer .lens path')"
            ".getAnimations()[0].effect.getComputedTiming().progress]"
        )
        for page in both
    ]
    for at, progress in ages:  # each swells as the shared clock says
        apart = abs(at / 10_000 % 1 - progress)
        assert min(apart, 1 - apart) < 0.02
    (phone, _), (wall, _) = ages
    assert abs(phone - wall) < 5_000, "an hour of skew is not there"

    box.get_by_role("button", name="Just words").click()
    expect(box.locator(".lens")).to_be_hidden()
    box.get_by_role("button", name="With a soft sound").click()
    expect(box.get_by_role("button", name="Without sound")).to_be_visible()
    assert math.isfinite(phone)
    answered = {"type": "answer", "activity": "breath", "round": 1, "value": 0}
    assert stage.group[0].refusal(answered) == "asks_nothing"
    stage.lead("put_away", "breath")
    expect(box.locator(".pacer")).to_have_count(0)


def test_less_motion_leaves_the_words_to_lead(stage: Stage) -> None:
    stage.phone.page.emulate_media(reduced_motion="reduce")
    stage.lead("collect", "breath")
    stage.tap("breath", "Join in")
    say = stage.widget("breath").locator(".say")
    expect(say).to_have_text(re.compile("^(In|and slowly out)$"), timeout=15_000)
    moving = "() => document.querySelector('.pacer .lens path').getAnimations().length"
    assert stage.phone.page.evaluate(moving) == 0
    stage.lead("put_away", "breath")
    stage.phone.page.emulate_media(reduced_motion="no-preference")


@pytest.mark.parametrize("choice", ["Throw the ball", "Say:", "Step aside"])
def test_whoever_looks_on_brings_the_figure_in_and_all_play(
    stage: Stage, choice: str
) -> None:
    stage.lead("collect", "bring")
    box = stage.widget("bring")
    expect(box).to_contain_text("They’re shapes in a film, not people.")
    sent = len(stage.phone.frames)
    stage.tap("bring", "Start")
    for _ in range(4):
        expect(box.get_by_role("button", name="Stop")).to_be_visible()
        stage.tap("bring", "Next throw")
    stage.picture("bring", "ask")
    stage.tap("bring", choice)
    for _ in range(4):
        stage.tap("bring", "Next throw")
    expect(box.get_by_text("Everyone’s playing.", exact=True)).to_be_visible()
    stage.picture("bring", "end")
    stage.tap("bring", "Start again")
    stage.lead("put_away", "bring")
    assert not answers(stage.phone.frames[sent:]), "nothing is sent"


def test_the_film_stops_at_any_moment(stage: Stage) -> None:
    stage.lead("collect", "bring")
    stage.tap("bring", "Start")
    stage.tap("bring", "Next throw")
    stage.tap("bring", "Stop")
    box = stage.widget("bring")
    expect(box).to_contain_text("In the film they all play in the end.")
    box.get_by_role("link", name="Ground me").click()
    ground = stage.phone.page.locator("dialog#ground")
    expect(ground).to_be_visible()
    stage.phone.page.keyboard.press("Escape")
    stage.tap("bring", "Start again")
    stage.lead("put_away", "bring")


def test_ideas_that_are_shown_are_given_dots(stage: Stage) -> None:
    stage.lead("collect", "ideas")
    stage.tap("ideas", "Join")
    box = stage.widget("ideas")
    box.get_by_label("Your idea").fill("A walk together")
    box.get_by_role("button", name="Done").click()
    for at, line in enumerate(stage.group):
        line.answer("ideas", None, text=["Tea", "Ask Ana", "Sleep"][at % 3])
    stage.lead("reveal", "ideas")
    queue = stage.leader.question("ideas")["queue"]
    stage.lead("release", "ideas", texts=[{"id": one["id"]} for one in queue])
    assert {one["text"] for one in stage.leader.question("ideas")["queue"]} == {
        "Ask Ana"
    }
    stage.lead("weigh", "ideas")

    asked = stage.phone.page.locator(".asked")
    asked.get_by_role("button", name="Join").click()
    for idea in ("A walk together", "Tea", "Sleep"):
        expect(asked.get_by_text(idea, exact=True)).to_have_count(1)
    expect(asked.get_by_text("Ana")).to_have_count(0)
    assert violations(stage.phone.page) == []
    (dots,) = (
        q
        for q in stage.leader.last()["questions"]
        if q["kind"] == "dots" and q["typed"]
    )
    stage.lead("put_away", dots["id"])
    expect(asked).to_have_count(0)


def test_questions_are_supported_and_stay_when_they_are_answered(stage: Stage) -> None:
    stage.lead("collect", "ask")
    stage.tap("ask", "Join")
    box = stage.widget("ask")
    stage.picture("ask", "write")
    box.get_by_label("Your question").fill("What does a first talk cost?")
    box.get_by_role("button", name="Done").click()
    for at, line in enumerate(stage.group):
        line.answer("ask", None, text=["How long?", "Is Ana well?", "Where?"][at % 3])
    stage.lead("reveal", "ask")
    queue = stage.leader.question("ask")["queue"]
    stage.lead("release", "ask", texts=[{"id": one["id"]} for one in queue])
    texts = [one["text"] for one in stage.leader.question("ask")["snapshot"]["texts"]]
    stage.lead("answered", "ask", at=texts.index("Where?"))
    for page in (stage.phone.page, stage.wall.page):
        ticked = page.get_by_role("listitem").filter(has_text="✓ answered")
        expect(ticked).to_have_text(["Where? ✓ answered"])
    stage.picture("ask", "answered")
    foot = stage.wall.page.get_by_text("In no particular order. Nobody")
    last = stage.wall.page.locator("#picture .board li").last
    assert last.bounding_box()["y"] < foot.bounding_box()["y"] - 20
    copies = [at for at, text in enumerate(texts) if text == "Where?"]
    for at in copies[1:]:
        stage.lead("answered", "ask", at=at)
    stage.lead("weigh", "ask")

    asked = stage.phone.page.locator(".asked")
    asked.get_by_role("button", name="Join").click()
    expect(asked.get_by_role("checkbox")).to_have_count(2)
    expect(asked.get_by_text("Ana")).to_have_count(0)
    asked.get_by_label("How long?").check()
    asked.get_by_role("button", name="Done").click()
    support = next(
        q for q in stage.leader.last()["questions"] if q["kind"] == "support"
    )
    long = support["options"].index("How long?")
    for line in stage.group:
        line.answer(support["id"], None, values=[long])
    expect(stage.wall.page.locator(".bands")).to_have_count(0)
    stage.lead("reveal", support["id"])
    stage.lead("answered", support["id"], at=long)
    for page in (stage.phone.page, stage.wall.page):
        bands = page.locator(".bands")
        expect(bands.locator(".band-first li")).to_have_text(["How long? ✓ answered"])
        expect(bands).to_contain_text("a little support, or none")
        expect(bands).not_to_contain_text(re.compile(r"\d"))
    stage.picture(support["id"], "shown")
    stage.lead("put_away", support["id"])
    expect(asked).to_have_count(0)


def test_pairs_find_each_other_by_shape_and_word(stage: Stage) -> None:
    stage.lead("collect", "talk")
    stage.tap("talk", "Join")
    for line in stage.group[:8]:
        line.answer("talk", 0)
    for line in stage.group[8:]:
        line.answer("talk", None)
    stage.lead("reveal", "talk")
    box = stage.widget("talk")
    expect(box.locator(".shape")).to_be_visible()
    for line in stage.group:
        line.settle()

    signs = [line.last("paired")["sign"] for line in stage.group]
    assert [s["people"] for s in signs[8:]] == [0, 0, 0], "who passed sits it out"
    said = box.locator(".together-sent").inner_text().lower()
    shapes = words()["kinds"]["pairs"]["shapes"]
    seen = [s for s in signs[:8] if f"{shapes[s['shape']]}, {s['word']}" == said]
    assert len(seen) == seen[0]["people"] - 1
    people = sorted(s["people"] for s in signs[:8])
    assert people in ([2] * 2 + [3] * 6, [2] + [3] * 7, [3] * 8), "of nine, threes"
    part = box.get_by_role("status")
    expect(part).to_have_text(re.compile("You begin as: (Speaker|Listener|Noticer)."))
    first = part.inner_text().rpartition(": ")[2]
    stage.picture("talk", "shown")
    stage.lead("swap", "talk", turn=1)
    expect(part).to_have_text(re.compile("Your part now: "))
    assert part.inner_text().rpartition(": ")[2] != first
    expect(stage.wall.page.locator(".picture .answer")).to_contain_text("Swap.")
    stage.picture("talk", "swapped")
    stage.lead("put_away", "talk")


def test_what_is_opened_twice_is_open_once(stage: Stage) -> None:
    stage.lead("collect", "signs")
    stage.group[0].answer("signs", None, values=[1], round=2)
    stage.lead("collect", "signs")

    assert stage.leader.question("signs")["round"] == 2
    stage.lead("put_away", "signs")
