"""Connections to readers, brokers and other programs over TCP, TLS, HTTP and MQTT; closing a driver ends every wait."""
