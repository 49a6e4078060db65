"""`cheval doctor`: checks a machine that runs a store or a mirror, reports problems and how to solve them."""

from __future__ import annotations

from kiosk.commands.doctor.command import add
from kiosk.commands.doctor.finding import Finding, State

__all__ = ["Finding", "State", "add"]
