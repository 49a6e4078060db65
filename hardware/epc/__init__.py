"""Electronic Product Codes (EPC) of garments: decoding and encoding, GTIN, serial."""
