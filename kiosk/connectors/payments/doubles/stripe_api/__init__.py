"""Double of Stripe's API with one or more simulated readers, for `stripe://READER?base=http://127.0.0.1:PORT`."""
