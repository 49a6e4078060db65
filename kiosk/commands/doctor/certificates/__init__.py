"""Checks of certificates: the store's own, what a mirror has pinned, and that of the public address."""
