"""Pick lists: several requests that one associate serves by one way."""
