"""`cheval integrators`: programs of other systems that may read events."""
