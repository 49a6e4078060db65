"""The shell of one mirror: runs the visit, hands out its effects, talks to the store and to the card reader. No Qt."""
