"""The store of a shop: catalogue, rooms, requests, payments and customers, served over HTTP."""
