"""`cheval stand`: the card reader of one garment."""
