"""The shop's payment terminals: what they are and can do, and test purchases."""
