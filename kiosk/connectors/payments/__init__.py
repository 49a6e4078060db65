"""Drivers of payment terminals behind one port. Card data never leaves the certified terminal."""
