"""Settlement reports of payment services, and of the shop's own terminal, as lines of one form."""
