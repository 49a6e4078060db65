"""What a garment is in an outfit, and which garments complete each other."""
