"""A whole shop on one machine: an invented shop, simulated hardware with real protocols, scripted visits."""
