"""The client book and what belongs to clues, in the database: entries, verdicts, what was asked for, consents."""
