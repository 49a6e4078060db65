"""How mirrors, readers and terminals of the rooms are, and what is wrong with them."""
