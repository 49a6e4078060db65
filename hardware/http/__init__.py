"""HTTP/1.1 without sockets, shared by the drivers of readers that use it."""
