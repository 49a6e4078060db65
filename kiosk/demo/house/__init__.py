"""The imaginary house of the demonstration: its catalogue, stock, people, looks and past."""
