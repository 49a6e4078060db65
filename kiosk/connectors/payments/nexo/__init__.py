"""Drivers of Adyen's payment terminals: Terminal API (nexo Sale to POI 3.0) on the local network and over the cloud."""
