"""Which room a tag is in: evidence of all antennas of a shop, weighed against each other."""
