"""Routes of the stockroom."""
