"""Options about the radio that drivers of several makers share."""

from __future__ import annotations

from hardware.drivers.uri.options import antennas, decimal, whole_number

ANTENNAS = antennas()
SESSION = whole_number("session", 0, 3, "Gen2 session of the inventory, 0 to 3; default: 0")
POWER_DBM = decimal("power_dbm", 0, 40, "transmit power in dBm; default: the reader's own")
