"""Look-up of products by what an associate types, scans or reads aloud."""
