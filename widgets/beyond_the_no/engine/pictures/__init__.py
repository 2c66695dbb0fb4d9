"""Draw each picture once, in another process, and keep it."""
