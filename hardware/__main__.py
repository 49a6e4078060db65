"""Runs `python -m hardware`."""

from __future__ import annotations

from hardware.commands.main import main

if __name__ == "__main__":
    raise SystemExit(main())
