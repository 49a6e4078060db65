"""The store's HTTP API v1, for mirrors, associates and the public; each route names the role that it requires."""
