"""How the invented shop sends what it sells: the section `delivery` of the demo's store."""

from __future__ import annotations

from typing import Any, Final

DELIVERY: Final[dict[str, Any]] = {
    "cut_off": "16:00",
    "zones": {
        "austria": {"label": {"en": "Austria", "de": "Österreich", "fr": "Autriche"}},
        "europe": {"label": {"en": "Europe", "de": "Europa", "fr": "Europe"}},
    },
    "carriers": {
        "post": {
            "working_days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"],
            "holidays": ["12-25", "12-26", "01-01"],
            "days": {"austria": "1-2", "europe": "3-5"},
        }
    },
    "services": {
        "desk": {"way": "bag"},
        "later": {"way": "collect"},
        "standard": {
            "way": "send",
            "carrier": "post",
            "fees": [{"amount": 590, "free_from": 200000}, {"amount": 290, "members": True}],
        },
    },
}
