"""The page of lesson.ipynb in marimo: a cell runs again when what it reads changes."""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo
    from lesson_chart import NAMES, SETTINGS, chart

    return NAMES, SETTINGS, chart, mo


@app.cell
def _(mo):
    mo.md("# Why a no hurts\n\nMove the slider and see what support does.")


@app.cell
def _(SETTINGS, mo):
    support = mo.ui.slider(0, 10, value=5, label="support", show_value=True)
    setting = mo.ui.dropdown(SETTINGS, value="family", label="setting")
    word = mo.ui.text(label="my word")
    mo.vstack([support, setting, word])
    return setting, support, word


@app.cell
def _(SETTINGS, chart, mo, setting, support):
    mo.Html(chart(support.value, SETTINGS.index(setting.value)))


@app.cell
def _(mo):
    mo.md("## Which of these do you know?\n\nTick what fits. Nothing is kept.")


@app.cell
def _(NAMES, mo):
    boxes = mo.ui.array([mo.ui.checkbox(label=name) for name in NAMES])
    rows = [mo.hstack([box, mo.plain_text("not today")]) for box in boxes[:3]]
    notes = [mo.plain_text("not today") for _ in NAMES[3:]]
    mo.vstack([*rows, *boxes[3:], *notes])
    return (boxes,)


@app.cell
def _(boxes, mo):
    mo.md(f"**{sum(boxes.value)} ticked**")


@app.cell
def _(mo):
    button = mo.ui.run_button(label="say it anew")
    mo.vstack([button])
    return (button,)


@app.cell
def _(button, mo, word):
    said = f"A no to this, not to you: {word.value}" if button.value else ""
    mo.plain_text(said)


@app.cell
def _(mo):
    mo.md("Take the word with you.")


if __name__ == "__main__":
    app.run()
