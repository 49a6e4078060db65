"""Label scanners, and the texts of labels."""
