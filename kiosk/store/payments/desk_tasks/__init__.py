"""What associates are asked about payments, and what they may answer."""
