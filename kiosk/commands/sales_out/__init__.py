"""`cheval sales-out`: where orders, refunds and stock movements are given to."""
