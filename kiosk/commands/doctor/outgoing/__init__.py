"""Checks of what the store gives to other systems."""
