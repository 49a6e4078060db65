"""`vendure+https://`: Vendure, by its Admin API (GraphQL)."""
