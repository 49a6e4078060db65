"""Messages to shoppers outside of the shop: a port for e-mail, and its SMTP driver."""
