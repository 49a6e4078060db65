"""Simulated Zebra readers with IoT Connector."""
