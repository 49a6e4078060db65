"""Driver of Stripe Terminal, server-driven, `stripe://READER_ID`: the store talks to Stripe, Stripe to the reader."""
