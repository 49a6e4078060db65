"""What people of the stockroom see of the floor."""
