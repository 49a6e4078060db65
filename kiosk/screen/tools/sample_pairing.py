"""Sample scenes of the page on which a technician connects the mirror with its store."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kiosk.core.domain.texts import LANGUAGES
from kiosk.core.scene.scene import Scene
from kiosk.core.scene.service_cards import PairingCard
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.pairing import PairingNeed, PairingProblem, PairingStep
from kiosk.screen.tools.sample_wardrobe import empty_scene

_FIRST: Final = PairingCard(PairingNeed.UNPAIRED, PairingStep.TYPING, "7", "", None, LANGUAGES)


def pairing_scenes(language: str) -> dict[str, Scene]:
    """Each need and step, and the longest problem under the longest reason."""
    untrusted = replace(_FIRST, need=PairingNeed.UNTRUSTED)
    cards = {
        "first": _FIRST,
        "typing": replace(_FIRST, typed="48213"),
        "asking": replace(_FIRST, typed="48213907", step=PairingStep.ASKING),
        "closed": replace(untrusted, step=PairingStep.CLOSED),
        "untrusted": untrusted,
        "revoked": replace(_FIRST, need=PairingNeed.REFUSED),
        "wrong": replace(untrusted, problem=PairingProblem.WRONG_CODE),
        "no-code": replace(_FIRST, problem=PairingProblem.NO_CODE),
    }
    rest = empty_scene(language, Page.REST)
    return {f"pairing-{name}": replace(rest, pairing=card) for name, card in cards.items()}
