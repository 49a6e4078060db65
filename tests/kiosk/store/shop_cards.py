"""Cards of the sample shop: the master key, and the signed link (NTAG 424 SUN) that such a card shows at a tap."""

from __future__ import annotations

from pathlib import Path

from hardware.pcsc.keys import ShopKeys, cmac, truncate_mac
from hardware.pcsc.ntag424 import encrypt_picc_data, session_mac_key, sun_link

MASTER = bytes(range(16))


def key_file(folder: Path, master: bytes = MASTER) -> Path:
    """A file with the shop's master key."""
    file = folder / "card.keys"
    file.write_text(master.hex() + "\n", encoding="ascii")
    return file


def link(uid: str, counter: int, master: bytes = MASTER) -> str:
    """The link that the card of this UID shows when its tap counter has this value."""
    keys, raw = ShopKeys(master), bytes.fromhex(uid)
    picc = encrypt_picc_data(raw, counter, keys.sdm_meta_read_key, bytes(5))
    code = truncate_mac(cmac(session_mac_key(keys.sdm_file_read_key(raw), raw, counter), b""))
    return sun_link("https://ostrevane.example/m", picc, code)
