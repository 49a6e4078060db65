"""Runs one mirror without its screen: steps the visit, runs its effects, talks to the store and to the card reader."""
