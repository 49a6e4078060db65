"""Routes of the stands: card readers at one garment."""
