"""Paid pieces that associates bag in the rooms."""
