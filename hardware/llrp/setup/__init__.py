"""How a reader is set up until its inventory runs: the sequence of requests, and what follows a refusal."""
