"""The catalogue's pictures, scaled in processes of their own, cached in memory and on disk."""
