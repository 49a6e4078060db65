"""Personal data in the store: what is stored and for how long, export and erasure of one member, proof of erasure."""
