"""QR codes (ISO/IEC 18004) of receipts: the link of a receipt, and what the law's cash register wants to be shown."""

from __future__ import annotations

from io import BytesIO
from typing import Final

import segno

_LEVELS: Final = ("m", "l")
"""Error correction: 15 percent; 7 percent for what has no room otherwise (2,953 bytes instead of 2,331)."""
_PNG_MODULE_PX: Final = 4
_PNG_QUIET_MODULES: Final = 4
"""Width of the quiet zone on each side (ISO/IEC 18004, 5.3.8)."""


def qr_code(content: str) -> segno.QRCode | None:
    """The code of a text; None for one that is too long for any."""
    for level in _LEVELS:
        try:
            return segno.make(content, error=level, micro=False)
        except segno.DataOverflowError:
            continue
    return None


def qr_png(content: str) -> bytes:
    """The code as a PNG picture, 4 pixels for a module; empty for a text that is too long."""
    code, file = qr_code(content), BytesIO()
    if code is None:
        return b""
    code.save(file, kind="png", scale=_PNG_MODULE_PX, border=_PNG_QUIET_MODULES)
    return file.getvalue()
