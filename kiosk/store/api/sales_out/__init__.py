"""Routes of sales that are given to other systems."""
