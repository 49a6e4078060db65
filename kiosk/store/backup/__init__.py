"""Back-ups of a store: what is in them, how they are sealed, verified and restored."""
