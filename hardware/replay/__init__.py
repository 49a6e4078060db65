"""Plays recorded reads as a tag reader."""
