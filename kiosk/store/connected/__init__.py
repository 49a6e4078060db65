"""The retailer's systems from which the store reads: when, with what result, and how old what it knows is."""
