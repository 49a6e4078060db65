"""Messages of associates to the mirrors of rooms."""
