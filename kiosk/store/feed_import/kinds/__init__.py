"""How each kind of the feed is written: the diff of its lines against the tables, and what its losses mean."""
