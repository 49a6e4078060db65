"""Identity and region of a reader in words for a technician, from its capabilities."""

from __future__ import annotations

from typing import Final

from hardware.llrp.encoding.impinj_extensions import IMPINJ
from hardware.llrp.encoding.messages import Capabilities
from hardware.printable_text import printable

# IANA enterprise numbers, with which LLRP names the maker; Zebra's readers have Motorola's
_MAKERS: Final = {161: "Zebra", IMPINJ: "Impinj"}
# CommunicationsStandard (LLRP 1.0.1, clause 9.2.4)
_STANDARDS: Final = {
    1: "US FCC Part 15",
    2: "ETSI EN 302 208",
    3: "ETSI EN 300 220",
    4: "Australia LIPD 1 W",
    5: "Australia LIPD 4 W",
    6: "Japan ARIB STD T89",
    7: "Hong Kong OFTA 1049",
    8: "Taiwan DGT LP0002",
    9: "Korea MIC Article 5-2",
}


def describe_identity(known: Capabilities) -> str:
    """Maker, model number and firmware; LLRP has no model names."""
    maker = _MAKERS.get(known.manufacturer, f"maker {known.manufacturer}")
    return f"{maker}, model {known.model}, firmware {printable(known.firmware) or 'not reported'}"


def describe_region(known: Capabilities) -> str:
    """Radio standard, country (ISO 3166 number) and frequencies; empty if the reader reports neither."""
    parts = [_STANDARDS[known.standard]] if known.standard in _STANDARDS else []
    if known.country:
        parts.append(f"country {known.country}")
    if (plan := known.frequencies) is not None and parts:
        tables = ", ".join(map(str, plan.hop_tables)) or "not reported"
        parts.append(f"hop table {tables}" if plan.hopping else f"{plan.channels} fixed channels")
    return ", ".join(parts)
