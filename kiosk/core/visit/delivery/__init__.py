"""How the shopper gets what she buys: with her, at the desk, collected later, or sent."""
