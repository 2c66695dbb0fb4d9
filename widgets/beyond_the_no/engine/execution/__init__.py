"""Run a notebook once, and record what it shows."""
