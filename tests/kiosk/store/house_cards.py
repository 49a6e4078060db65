"""The small shop's cards: the master key, and the signed link that a card with that key shows at each tap."""

from __future__ import annotations

from pathlib import Path

from hardware.pcsc.keys import ShopKeys, cmac, truncated
from hardware.pcsc.ntag424 import seal_picc, session_mac_key, signed_link

MASTER = bytes(range(16))


def key_file(folder: Path, master: bytes = MASTER) -> Path:
    """A file with the house's master key."""
    file = folder / "card.keys"
    file.write_text(master.hex() + "\n", encoding="ascii")
    return file


def link(uid: str, counter: int, master: bytes = MASTER) -> str:
    """What the card of this UID shows at its tap of that number."""
    keys, raw = ShopKeys(master), bytes.fromhex(uid)
    picc = seal_picc(raw, counter, keys.meta_read, bytes(5))
    code = truncated(cmac(session_mac_key(keys.file_read(raw), raw, counter), b""))
    return signed_link("https://ostrevane.example/m", picc, code)
