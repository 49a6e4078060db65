"""Clues: what an associate may be shown about a member who agreed to it, and which of them. Pure rules, no storage."""
