"""Simulated readers, cards and scanners that implement the real protocols; part of the product."""
