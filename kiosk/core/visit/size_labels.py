"""Whose country's sizes a shopper reads: from the sizes she keeps, else from the language she speaks."""

from __future__ import annotations

from kiosk.core.domain.advice import SizeAdvice
from kiosk.core.visit.state import Visit

SYSTEMS = ("EU", "FR", "IT", "UK", "US", "JP")
# A language alone says no country: English is read in both, and where no table speaks for a country nothing is said.
_SPOKEN = {"en": ("UK", "US"), "de": ("EU",), "fr": ("FR",), "it": ("IT",), "ja": ("JP",)}


def home_systems(visit: Visit) -> tuple[str, ...]:
    """The systems she reads, the surest alone."""
    worn = visit.shopper.sizes if visit.shopper else ()
    named = [w.category.partition("-")[0].upper() for w in worn if "-" in w.category]
    own = tuple(dict.fromkeys(system for system in named if system in SYSTEMS))
    return own[:1] or _SPOKEN.get(visit.language, ())


def home_label(visit: Visit, advice: SizeAdvice | None, size: str) -> str:
    """A size as she reads it at home ("FR 40", "UK 12 · US 8"); empty where it is the shop's own system."""
    if advice is None:
        return ""
    homes = home_systems(visit)
    if advice.own in homes:
        return ""
    by_system: dict[str, list[str]] = {}
    for one in advice.labels:
        if one.size == size and one.system in homes:
            by_system.setdefault(one.system, []).append(one.label)
    return " · ".join(f"{home} {'–'.join(_ends(by_system[home]))}" for home in homes if home in by_system)


def _ends(labels: list[str]) -> list[str]:
    return labels if len(labels) < 3 else [labels[0], labels[-1]]
