"""A day of the shop floor in virtual time: the store's own request desk, simulated shoppers and associates."""
