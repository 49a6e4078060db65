"""The size systems of a shopper, from her usual sizes or her language, and labels of sizes in them."""

from __future__ import annotations

from kiosk.core.domain.advice import SizeAdvice
from kiosk.core.visit.state import Visit

SYSTEMS = ("EU", "FR", "IT", "UK", "US", "JP")
# A language is not a country: English has two systems, and languages without a size table have none.
_BY_LANGUAGE = {"en": ("UK", "US"), "de": ("EU",), "fr": ("FR",), "it": ("IT",), "ja": ("JP",)}


def home_systems(visit: Visit) -> tuple[str, ...]:
    """Systems that the shopper probably reads; only the first of her usual sizes' where she has any."""
    usual = visit.shopper.sizes if visit.shopper else ()
    named = [u.category.partition("-")[0].upper() for u in usual if "-" in u.category]
    own = tuple(dict.fromkeys(system for system in named if system in SYSTEMS))
    return own[:1] or _BY_LANGUAGE.get(visit.language, ())


def home_label(visit: Visit, advice: SizeAdvice | None, size: str) -> str:
    """A size in the shopper's own systems ("FR 40", "UK 12 · US 8"); empty where the style's own system is hers."""
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
