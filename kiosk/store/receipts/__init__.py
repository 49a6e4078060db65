"""Gives receipts to shoppers: on paper and by e-mail."""
