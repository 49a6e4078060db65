"""Routes of the pieces that are put aside."""
