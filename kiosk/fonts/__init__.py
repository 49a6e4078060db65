"""Which characters the fonts of this computer have, read from their files; draws nothing."""
