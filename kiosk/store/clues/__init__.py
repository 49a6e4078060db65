"""Clues about the member in a room: where facts come from, the card that an associate sees, and the client book."""
