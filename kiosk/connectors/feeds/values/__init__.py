"""Values of feed files: how a text or number of a file becomes a value, and the JSON schema of each type."""
