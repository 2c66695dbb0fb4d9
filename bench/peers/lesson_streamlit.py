"""The page of lesson.ipynb in Streamlit: a move runs its own part of the page again."""

import streamlit as st
from lesson_chart import NAMES, SETTINGS, chart


@st.fragment
def first() -> None:
    support = st.slider("support", 0, 10, 5)
    setting = st.selectbox("setting", SETTINGS)
    st.text_input("my word", key="word")
    # stands in the page, like everywhere else: st.html would drop it
    st.image(chart(support, SETTINGS.index(setting)))


@st.fragment
def ticks() -> None:
    ticked = 0
    for name in NAMES[:3]:
        box, note = st.columns(2)
        ticked += box.checkbox(name)
        note.text("not today")
    for name in NAMES[3:]:
        ticked += st.checkbox(name)
    for _ in NAMES[3:]:
        st.text("not today")
    st.markdown(f"**{ticked} ticked**")


@st.fragment
def say() -> None:
    if st.button("say it anew"):
        st.text(f"A no to this, not to you: {st.session_state.word}")


st.markdown("# Why a no hurts\n\nMove the slider and see what support does.")
first()
st.markdown("## Which of these do you know?\n\nTick what fits. Nothing is kept.")
ticks()
say()
st.markdown("Take the word with you.")
