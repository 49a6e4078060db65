"""Route of the look-up of products."""
