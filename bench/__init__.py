"""Benchmarks: what is promised about speed and load, against peers in the same run."""
