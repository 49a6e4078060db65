"""Programs of other systems: who may read events, their streams, and the web hooks that are called with events."""
