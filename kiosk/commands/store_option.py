"""The option `--config` of commands that read the store's file."""

from __future__ import annotations

import argparse
from pathlib import Path


def of_store(parser: argparse.ArgumentParser) -> None:
    """Adds the option."""
    parser.add_argument(
        "--config",
        type=Path,
        help="the store's YAML file (default: ~/.config/cheval/store.yaml, then /etc/cheval/store.yaml)",
    )
