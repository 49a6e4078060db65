"""The shop floor as a plan: zones, the ways between them, and the order in which an associate walks."""
