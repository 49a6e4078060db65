"""How a mirror reports its own state to the store."""
