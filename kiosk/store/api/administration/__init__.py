"""Routes for managers and for commands of the store's computer."""
