"""What the shopper's basket costs, as the store has priced it with the promotions that hold."""
