"""Random GTINs for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from hardware.epc.gtin import Gtin


def gtins() -> st.SearchStrategy[str]:
    """GTIN-14 with a right check digit."""
    return st.integers(0, 10**13 - 1).map(Gtin.of)
