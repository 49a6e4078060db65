"""Text files of any origin: opened safely, decoded, and cut into records of JSONL, JSON or CSV."""
