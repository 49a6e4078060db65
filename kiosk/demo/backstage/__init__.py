"""The backstage page: a shop's hands for whoever tries the demo."""
