"""A lesson with each of Jupyter's own controls, for both front ends."""

from support import small_lessons as nb

BOXES = """
import ipywidgets as w
from ipywidgets import jslink
shown = w.Output()
slider = w.IntSlider(3, 0, 10, description="How near")
shadow = w.IntText(3, description="Same")
link = jslink((slider, "value"), (shadow, "value"))
said = w.HTML("<b>3 of 10</b>")
slider.observe(lambda c: setattr(said, "value", f"<b>{c['new']} of 10</b>"), "value")
button = w.Button(description="Say it")
def say(_):
    with shown:
        print("said", slider.value)
button.on_click(say)
w.VBox([slider, shadow, said, button, shown])
"""
NUMBERS = """
w.VBox([
    w.FloatSlider(value=0.5, max=1, step=0.1, description="Share"),
    w.IntRangeSlider(value=(2, 5), max=10, description="From, to"),
    w.SelectionSlider(options=["low", "middle", "high"], description="Level"),
    w.FloatLogSlider(value=1, description="Log"),
    w.BoundedIntText(3, description="Bounded"), w.FloatText(1.5, description="Number"),
    w.IntProgress(value=4, max=10, description="Done"), w.Play(interval=100, max=5),
])
"""
CHOICES = """
w.VBox([
    w.Dropdown(options=["family", "friends"], description="Who"),
    w.Select(options=["a", "b", "c"], description="One"),
    w.SelectMultiple(options=["a", "b", "c"], description="Some"),
    w.RadioButtons(options=["yes", "no"], description="Well?"),
    w.ToggleButtons(options=["day", "night"], description="When"),
    w.ToggleButton(description="Only mine"), w.Checkbox(description="I know this"),
    w.Valid(True, description="Fine"),
    w.TagsInput(value=["kind"], allowed_tags=["kind"]),
])
"""
TEXTS = """
w.VBox([
    w.Text(description="Word"), w.Textarea(description="Line"),
    w.Combobox(options=["x", "y"], description="Any"), w.Password(description="Key"),
    w.Label("only a label"), w.HTML("<i>some markup</i>"),
    w.DatePicker(description="Day"), w.TimePicker(description="Hour"),
    w.ColorPicker(value="#0f4c5c", description="Colour"),
    w.FileUpload(description="Load"),
])
"""
FOLDS = """
inside = [w.Label("first inside"), w.Label("second inside")]
w.VBox([
    w.Accordion(inside, titles=("First part", "Second part")),
    w.Tab([w.Label("tab one"), w.Label("tab two")], titles=("One", "Two")),
    w.GridBox([w.Button(description=str(i)) for i in range(4)]),
])
"""
LESSON = nb.notebook(
    "# Every control\n\nA line before them.",
    *(cell.strip() for cell in (BOXES, NUMBERS, CHOICES, TEXTS, FOLDS)),
    "# A line after them.",
    title="Every control",
)
