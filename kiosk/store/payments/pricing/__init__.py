"""What pieces cost: the prices of the catalogue and the promotions that hold."""
