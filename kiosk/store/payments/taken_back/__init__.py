"""Sales that are taken back: in the ledger as paid, and nothing was collected."""
