"""What a fitting-room visit is, as pure values and functions: no clock, no I/O, no thread, no chance."""
