"""What is cached on disk, and what makes it stale."""
