"""The science, as pure functions."""
