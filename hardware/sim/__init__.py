"""Simulated hardware that speaks the real protocols; it ships with the product."""
