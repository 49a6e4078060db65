"""When the shop is open."""
