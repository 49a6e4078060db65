"""Pieces that are put aside for shoppers: until when, by whom, and what is to be hung back."""
