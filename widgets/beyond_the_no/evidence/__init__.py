"""Claims, references, how sure we are; crisis lines."""
