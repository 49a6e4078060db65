"""Printed receipts as black and white pictures, for scripts that a receipt printer has no letters for."""
