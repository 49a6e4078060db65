"""Configuration of what shoppers can ask for."""
