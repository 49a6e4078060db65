"""What other systems know of members: returns, wish lists, visits to web pages, reviews."""
