"""Known shoppers: card book, proof of cards, card links, enrolment, fit feedback."""
