"""Soak test of a whole shop: real processes, simulated hardware and people, planned faults, a judge of the result."""
