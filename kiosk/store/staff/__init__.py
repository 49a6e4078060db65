"""Associates' accounts and sessions, and the store's secrets: its key and the mirrors' tokens."""
