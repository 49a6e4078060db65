"""Routes about delivery."""
