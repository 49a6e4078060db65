"""NFC cards, rings and phones on a card reader: PC/SC, card dialogues, NTAG 424 DNA authentication."""
