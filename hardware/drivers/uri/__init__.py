"""URIs of readers: the declaration of a driver and its options, the parser, and the files that a URI names."""
