"""Certificates of the store: the shop's own root, the certificate that it signs and renews, the retailer's own one."""
