"""The chart of lesson.ipynb, which `make.py` writes, and of peers without notebooks."""

import io

import numpy as np
from matplotlib.figure import Figure

NAMES = ["doubt", "worry", "hiding", "sadness", "anger", "loneliness", "brooding"]
SETTINGS = ["family", "friends", "work"]


def chart(support: int, setting: int) -> str:
    minutes = np.linspace(0, 60, 121)
    width = 14 - 0.6 * support
    strain = np.exp(-((minutes - 20) ** 2) / (2 * width**2)) * (1 - support / 20)
    calm = 0.3 + 0.06 * support * (1 - np.exp(-minutes / 25))
    figure = Figure(figsize=(5, 3))
    axes = figure.subplots()
    axes.plot(minutes, strain * (1 + 0.2 * setting), label="strain")
    axes.plot(minutes, calm, label="calm")
    axes.set(xlabel="minutes after the no", ylim=(0, 2))
    axes.legend()
    text = io.StringIO()
    figure.savefig(text, format="svg")
    return text.getvalue()
