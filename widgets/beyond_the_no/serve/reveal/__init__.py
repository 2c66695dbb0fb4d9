"""reveal.js, kept here so that slides turn without internet: see `fetch`."""
