"""Catalogue and stock: feed import, garments by article, tag lookup, scaled pictures."""
