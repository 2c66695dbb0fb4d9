"""What a workshop is made of: lessons, decks, plans, and the linter for authors."""
