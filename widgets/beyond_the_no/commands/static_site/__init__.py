"""A site that needs no server: lessons, pictures and pages as files."""
