"""Receipts of paid orders: which sale a link or a number means, and how long a link is open."""
