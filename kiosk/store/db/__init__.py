"""The store's database: tables, transactions, insert-or-update, cached queries."""
