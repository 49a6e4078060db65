"""How paid pieces reach their shopper: promises of an order, parcels that follow from them."""
