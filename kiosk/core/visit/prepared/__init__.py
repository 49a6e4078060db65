"""What associates have prepared for the shopper's appointment."""
