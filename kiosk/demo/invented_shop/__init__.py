"""The invented shop of the demo: catalogue, stock, people, looks and purchase history."""
