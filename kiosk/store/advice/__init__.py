"""Suggestions and sizes: rankings, display rules, price bands, stylists' looks, size advice."""
