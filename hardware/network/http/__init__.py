"""HTTP/1.1 for the drivers of readers that use it: requests to a reader, and web hooks that a reader posts to."""
