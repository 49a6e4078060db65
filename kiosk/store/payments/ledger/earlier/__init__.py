"""What a ledger says of those before it, where they are looked for, and which of their entries are damaged."""
