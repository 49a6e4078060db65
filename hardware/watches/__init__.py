"""What a technician should know of a reader: missing fields, silence, slow reads, late events, and its notes."""
