"""Appointments: the list that associates keep, what is fetched for them, and what a member's mirror shows of hers."""
