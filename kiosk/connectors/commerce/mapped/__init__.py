"""`mapped+https://`: any system that gives JSON over HTTP, described by a YAML file."""
