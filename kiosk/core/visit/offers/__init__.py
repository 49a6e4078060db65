"""What a shop offers to its shoppers besides garments."""
