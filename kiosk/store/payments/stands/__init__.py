"""Purchases by a tap at a stand: a card reader at one garment."""
