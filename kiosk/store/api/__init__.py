"""The store's HTTP API v1: for mirrors, for associates, and for anybody; every route checks its role here."""
