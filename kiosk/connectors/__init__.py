"""Connections to the retailer's systems and services: feed files, payment terminals."""
