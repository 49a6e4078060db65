"""The shop's books for its accounting: exports of the ledger, and the comparison with reports of payment services."""
