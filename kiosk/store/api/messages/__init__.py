"""Route of messages to mirrors."""
