"""The log of what happened to pieces, for other systems: written with the change, read by streams and web hooks."""
