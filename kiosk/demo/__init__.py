"""A whole shop on one machine: an invented shop, simulated hardware that speaks real protocols, scripted visits."""
