"""The names of all EPC coding schemes by header, for error messages about other tags than garments'.

Source: GS1 EPC Tag Data Standard 2.3, clause 14.2, table 14-1.
"""

from __future__ import annotations

from typing import Final

SCHEME_BY_HEADER: Final = {
    0x00: "unprogrammed",
    0x2C: "gdti-96",
    0x2D: "gsrn-96",
    0x2E: "gsrnp-96",
    0x2F: "usdod-96",
    0x30: "sgtin-96",
    0x31: "sscc-96",
    0x32: "sgln-96",
    0x33: "grai-96",
    0x34: "giai-96",
    0x35: "gid-96",
    0x36: "sgtin-198",
    0x37: "grai-170",
    0x38: "giai-202",
    0x39: "sgln-195",
    0x3A: "gdti-113",
    0x3B: "adi-var",
    0x3C: "cpi-96",
    0x3D: "cpi-var",
    0x3E: "gdti-174",
    0x3F: "sgcn-96",
    0x40: "itip-110",
    0x41: "itip-212",
    0xF0: "cpi+",
    0xF1: "grai+",
    0xF2: "sgln+",
    0xF3: "itip+",
    0xF4: "gsrn+",
    0xF5: "gsrnp+",
    0xF6: "gdti+",
    0xF7: "sgtin+",
    0xF8: "sgcn+",
    0xF9: "sscc+",
    0xFA: "giai+",
    0xFB: "dsgtin+",
    0xFC: "dsgtin++",
    0xFD: "sgtin++",
}
