"""Limits of connections and requests, before anything is looked up: number, time of arrival, size, slow readers."""
