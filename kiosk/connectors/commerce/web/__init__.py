"""The HTTP client of all connectors."""
