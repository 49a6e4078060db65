"""Registers sales and refunds at the law's cash register: journaled first, and repeated until it has them."""
