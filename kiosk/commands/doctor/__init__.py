"""The doctor: looks at a machine that should run a store or a mirror, says what is wrong and what to do about it."""

from __future__ import annotations

from kiosk.commands.doctor.command import add
from kiosk.commands.doctor.finding import Finding, State

__all__ = ["Finding", "State", "add"]
