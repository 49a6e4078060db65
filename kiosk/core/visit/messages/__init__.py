"""Messages of associates on the mirror."""
