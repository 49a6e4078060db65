"""Where facts come from: the store's own tables, and other systems by a port."""
