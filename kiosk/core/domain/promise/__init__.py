"""How an order reaches its shopper: the ways, the promised day and the fee, decided without a clock or a network."""
