"""Section `delivery` of the store's configuration."""
