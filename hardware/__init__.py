"""Drivers of tag readers, card readers and label scanners; EPCs; which room a tag is in; simulators of the devices."""
