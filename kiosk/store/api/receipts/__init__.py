"""Routes of receipts: the page of a link, print and e-mail."""
