"""Card numbers: a visit with known ones, and a search for them in everything that is kept or sent."""
