"""Sections of the store's configuration about sales that are given to other systems."""
