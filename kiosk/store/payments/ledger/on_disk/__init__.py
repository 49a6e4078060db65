"""What a ledger file needs beside its entries: it is watched, saved when it was deleted, and damage is noted."""
