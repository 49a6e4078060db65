"""The shop floor: its plan, messages of associates to a mirror, and what they have prepared for an appointment."""
