"""Threads of readers: one for each, which connects again without end and outlives every exception."""
