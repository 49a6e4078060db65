"""Routes for programs of other systems, and for those who give them access."""
