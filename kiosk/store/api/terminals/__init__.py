"""The HTTP API of the shop's payment terminals, for managers and for commands of this computer."""
