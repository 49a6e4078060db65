"""Checks of devices: screen, card readers and scanners."""
