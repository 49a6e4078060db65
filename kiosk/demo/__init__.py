"""A whole shop on one machine: an imaginary house, simulated hardware on real protocols, written visits."""
