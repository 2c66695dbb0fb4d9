"""Claims with their evidence, help lines, grounding, and the words that hurt."""
