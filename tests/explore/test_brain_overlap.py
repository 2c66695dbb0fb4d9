from beyond_the_no.explore import BrainOverlap

STATES = list(BrainOverlap.states())


def test_there_is_a_picture_for_each_bar_and_region():
    assert len(STATES) == 2 * 6 * 7 + 7


def test_the_table_holds_the_shares_of_what_is_coloured():
    head, *parts = BrainOverlap.rows("zoom", 20, "all")

    assert head == ["Of the coloured area", "Of 100 parts"]
    assert sum(int(percent) for _, percent in parts) == 100


def test_the_bar_does_not_matter_when_studies_are_counted():
    assert BrainOverlap.draw(view="count", bar=5) == BrainOverlap.draw(view="count")


def test_at_a_low_bar_a_match_tells_little():
    sentence = BrainOverlap.sentence("overlap", 5, "all")

    assert "*most*" in sentence
    assert "a match tells us little" in sentence


def test_at_a_higher_bar_little_is_shared():
    assert "*a small part*" in BrainOverlap.sentence("overlap", 20, "all")
    assert "*none*" in BrainOverlap.sentence("zoom", 20, "all")


def test_front_and_back_are_said_where_the_maps_differ():
    assert "further to the *front*" in BrainOverlap.sentence("overlap", 20, "all")
    assert "widely scattered" in BrainOverlap.sentence("overlap", 15, "all")


def test_a_count_comes_with_interval_and_chance():
    assert BrainOverlap.sentence("count", 20, "upper_acc") == (
        "*67 of 250* pain studies report *the upper ACC* (22 to 33 in 100), and so do "
        "*5 of 30* studies of being left out (7 to 34). On other topics, it’s "
        "*10 in 100*. Only pain stands out, though 30 studies aren’t many."
    )


def test_counted_together_each_set_stands_out_elsewhere():
    assert BrainOverlap.sentence("count", 20, "all") == (
        "Pain stands out in *4 of these 6 areas*, beside studies on other topics. "
        "Being left out stands out in *the area behind the forehead*. With only 30 "
        "studies of it, we’re *less sure*."
    )


def test_boxes_of_our_own_are_said_to_be_set_after_looking():
    for region in ("forehead", "wide_upper_acc"):
        for view in ("overlap", "zoom", "count"):
            said = BrainOverlap.caption(view=view, region=region)
            assert "set after looking at earlier studies, to match them" in said
    assert "boxes" not in BrainOverlap.caption(view="zoom", region="upper_acc")


def test_the_wide_box_is_counted_like_the_other_areas():
    assert BrainOverlap.rows("count", 20, "all")[-1] == [
        "Wide ACC box",
        "55 (49 to 61)",
        "37 (22 to 54)",
        "36 (35 to 37)",
    ]


def test_the_insula_is_not_shown_where_it_is_not():
    assert "doesn’t reach *the front insula*" in BrainOverlap.sentence(
        "zoom", 20, "front_insula"
    )


def test_the_caption_names_the_source():
    for view in ("overlap", "zoom", "count"):
        assert "Neurosynth" in BrainOverlap.caption(view=view)
        assert "Open Database License" in BrainOverlap.caption(view=view)
