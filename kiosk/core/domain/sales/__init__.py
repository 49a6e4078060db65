"""What becomes of a sale after it was paid."""
