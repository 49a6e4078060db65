"""What the store does regularly, and how it watches the computer's clock."""
