"""The commands `listen`, `decode`, `calibrate` and `locate`."""
