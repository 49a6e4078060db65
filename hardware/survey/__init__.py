"""The survey that commissions a site: guided walk, evaluation, report."""
