"""Messages and parameters of LLRP as values, decoded from bytes and encoded to bytes; without sockets and state."""
