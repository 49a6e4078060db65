"""`cheval insights`: exports the tables, begins and stops on/off trials."""
