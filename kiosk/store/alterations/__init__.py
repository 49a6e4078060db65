"""Alterations: the tailor's notes of associates."""
