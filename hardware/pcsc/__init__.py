"""Cards, rings and phones laid on a reader: what they answer, and what may be believed of it."""
