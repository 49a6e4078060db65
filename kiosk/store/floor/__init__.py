"""The shop floor at this moment: rooms and their tags, requests to associates, staff present, event streams."""
