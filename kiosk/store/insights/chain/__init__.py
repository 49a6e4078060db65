"""What a shop publishes for the chain that it belongs to."""
