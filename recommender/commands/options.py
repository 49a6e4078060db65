"""Command-line options that several commands share, with their help texts."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from recommender.commands import option_types

if TYPE_CHECKING:
    from recommender.inputs.history_limits import HistoryLimits

CATALOGUE_HELP = (
    "catalogue table: item_id, style_id, optional price and text columns; Parquet, CSV or JSON lines"
)
EVENTS_HELP = (
    "event table: basket_id, shopper_id, item_id, at, kind, channel; Parquet (file or folder), CSV or JSON"
)
FITS_HELP = (
    "table of fit answers (Parquet or CSV): item_id, size, fit; optional user_id, category, height_in or height_cm, "
    "weight_lbs or weight_kg (values may state their unit: 5' 6\", 168 cm, 137lbs), age (years), bust_size_num, "
    "bust_size_letter, body_type, occasion or rented_for, review_date"
)
MODEL_HELP = "model folder, or the folder of published versions"


def catalogue(parser: argparse.ArgumentParser) -> None:
    """Adds `--catalogue`."""
    parser.add_argument(
        "--catalogue", type=option_types.table, required=True, metavar="ITEMS", help=CATALOGUE_HELP
    )


def key_file(parser: argparse.ArgumentParser, use: str) -> None:
    """Adds `--key-file`; `use` states what the key is used for."""
    parser.add_argument(
        "--key-file",
        type=option_types.key,
        default=None,
        metavar="FILE",
        help=f"{use} with the HMAC key in this file (default: none)",
    )


def read_key(chosen: argparse.Namespace) -> bytes | None:
    """The key of `--key-file`, if there is one."""
    path: Path | None = chosen.key_file
    return path.read_bytes() if path else None


def seed(parser: argparse.ArgumentParser) -> None:
    """Adds `--seed`."""
    parser.add_argument(
        "--seed",
        type=option_types.seed,
        default=7,
        metavar="N",
        help="seed of the random numbers (default: 7)",
    )


def training(parser: argparse.ArgumentParser) -> None:
    """Adds `--threads`, `--seed` and `--epochs`."""
    parser.add_argument(
        "--threads",
        type=option_types.threads,
        default=1,
        metavar="N",
        help="training threads (default: 1, which gives the same bytes every time)",
    )
    seed(parser)
    parser.add_argument(
        "--epochs",
        type=option_types.passes,
        default=None,
        metavar="N",
        help="passes over the training data (default: 10)",
    )


def as_json(parser: argparse.ArgumentParser, content: str) -> None:
    """Adds `--json`; `content` states what is printed."""
    parser.add_argument(
        "--json", action="store_true", help=f"print {content} as one JSON line (default: text)"
    )


def as_of(parser: argparse.ArgumentParser) -> None:
    """Adds `--as-of`."""
    parser.add_argument(
        "--as-of",
        type=option_types.day,
        default=None,
        metavar="DAY",
        help="read the history as on this day (YYYY-MM-DD): later events are left out (default: today)",
    )


def history_limits(chosen: argparse.Namespace, max_loss: float | None = None) -> "HistoryLimits":
    """The limits for reading a history, by `--as-of`. `max_loss` None: the default."""
    from recommender.inputs.history_limits import DEFAULT_MAX_LOSS, HistoryLimits

    share = DEFAULT_MAX_LOSS if max_loss is None else max_loss
    return HistoryLimits(share) if chosen.as_of is None else HistoryLimits(share, chosen.as_of)


def published_root(parser: argparse.ArgumentParser) -> None:
    """Adds `--to`."""
    parser.add_argument(
        "--to",
        type=option_types.output_folder,
        required=True,
        metavar="ROOT",
        help="the folder of published versions",
    )
