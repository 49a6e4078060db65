"""What happens to the pieces of the rooms."""
