"""The hint that a room is in use unusually long."""
