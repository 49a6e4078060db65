"""Every thread of the product starts here: supervised, with a state for the health report."""
