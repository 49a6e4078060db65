"""Calls programs of the retailer by HTTPS."""
