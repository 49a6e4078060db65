"""Doubles of payment services: servers of ours on this machine, with which a shop rehearses and tests run."""
