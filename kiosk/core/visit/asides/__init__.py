"""Pieces that the shopper has put aside."""
