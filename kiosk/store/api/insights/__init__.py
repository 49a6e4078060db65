"""Routes of the insights: tables, trials, what was learned, and the page."""
