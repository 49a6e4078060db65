"""The shop's items with their stock in memory, as arrays: what suggestions choose from without asking the database."""
