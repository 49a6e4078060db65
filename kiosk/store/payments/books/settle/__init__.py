"""Compares the ledger with the settlement report of a payment service."""
