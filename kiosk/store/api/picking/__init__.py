"""Routes of pick lists."""
