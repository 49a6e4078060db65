"""Routes of clues and of the client book."""
