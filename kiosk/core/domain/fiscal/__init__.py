"""Sales and refunds as the law's cash register registers them, and how far that has come."""
