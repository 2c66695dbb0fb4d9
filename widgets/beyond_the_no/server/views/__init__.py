"""Request handlers of pages, lessons, decks and static files."""
