"""Reads catalogue and stock from the retailer's systems: one contract (`port`), one HTTP client (`web`), a connector a
folder."""
