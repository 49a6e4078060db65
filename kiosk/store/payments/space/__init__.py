"""Free space on the disk of the store, below which no new order is begun."""
