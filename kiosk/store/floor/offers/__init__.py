"""Who is asked for a new request before everybody is."""
