"""Jinja templates, assets, and widgets embedded in pages."""
