"""The page of lesson.ipynb in Solara."""

import solara
from lesson_chart import NAMES, SETTINGS, chart


@solara.component
def Page() -> None:
    support, set_support = solara.use_state(5)
    setting, set_setting = solara.use_state("family")
    word, set_word = solara.use_state("")
    ticked, set_ticked = solara.use_state(frozenset())
    said, set_said = solara.use_state("")

    def drawn() -> str:
        return chart(support, SETTINGS.index(setting))

    def box(name: str) -> None:
        def tick(on: bool) -> None:
            set_ticked(ticked | {name} if on else ticked - {name})

        solara.Checkbox(label=name, value=name in ticked, on_value=tick)

    solara.Markdown("# Why a no hurts\n\nMove the slider and see what support does.")
    solara.SliderInt("support", support, min=0, max=10, on_value=set_support)
    solara.Select("setting", value=setting, values=SETTINGS, on_value=set_setting)
    solara.InputText("my word", value=word, on_value=set_word)
    picture = solara.use_memo(drawn, [support, setting])
    solara.HTML(tag="div", unsafe_innerHTML=picture)
    solara.Markdown("## Which of these do you know?\n\nTick what fits.")
    for name in NAMES[:3]:
        with solara.Row():
            box(name)
            solara.Text("not today")
    for name in NAMES[3:]:
        box(name)
        solara.Text("not today")
    solara.HTML(tag="b", unsafe_innerHTML=f"{len(ticked)} ticked")
    with solara.Row():
        solara.Button(
            "say it anew",
            on_click=lambda: set_said(f"A no to this, not to you: {word}"),
        )
        solara.Text(said)
    solara.Markdown("Take the word with you.")
