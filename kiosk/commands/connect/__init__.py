"""`cheval connect`: the retailer's systems from which the store reads catalogue and stock."""
