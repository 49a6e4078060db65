"""The store's HTTP API v1, for mirrors, associates and anybody; each route names the role that it requires."""
