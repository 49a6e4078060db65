"""The journaled transactions of the terminals: payment attempts, refunds, and follow-ups of whole charges."""
