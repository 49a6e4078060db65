"""What a technician does with a ledger: audit it, and begin a new one after a damaged one."""
