"""Opens the driver of a URI: tag readers, card readers, label scanners."""
