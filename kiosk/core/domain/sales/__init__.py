"""Orders, and what becomes of a sale after it was paid."""
