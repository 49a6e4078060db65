"""`cheval staff`: the people of the shop."""
