"""Routes of the tailor's notes."""
