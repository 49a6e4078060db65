"""Web hooks: programs that are called with each event, in order, until they have taken it."""
