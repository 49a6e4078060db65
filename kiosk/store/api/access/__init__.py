"""Who may ask which route: kinds of callers, the table of all routes, and what is checked by it."""
