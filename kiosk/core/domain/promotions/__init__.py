"""Promotions: which rules hold for a basket, and what each piece costs by them. Pure values and functions."""
