"""Catalogue and stock: feed import, garments by GTIN, tag lookup, scaled pictures."""
