"""What both ends of a pairing share: the exchange by a short code, and TLS that trusts one shop's root only."""
