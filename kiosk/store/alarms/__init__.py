"""Tells people outside of the shop floor that something does not work: once when it begins, once when it ends."""
