"""Decides in which fitting room each RFID tag is, from the reads of all antennas of a shop."""
