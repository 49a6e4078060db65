"""Configuration of the retailer's systems from which the store reads."""
