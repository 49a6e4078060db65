"""`cheval import`: its arguments, and files of other systems by a mapping."""
