"""`cheval ledger export | settle`: the ledger's rows for the accounting, and the comparison with a service's report."""
