"""`cheval train`: the looks model, and how written reviews are read."""
