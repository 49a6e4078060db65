"""Receipt printers: a port, and the driver for printers that understand ESC/POS."""
