"""Payments and refunds that associates take at the shop's own terminal."""
