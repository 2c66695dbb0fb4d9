"""Live connections to the room and to decks: WebSocket and long polling."""
