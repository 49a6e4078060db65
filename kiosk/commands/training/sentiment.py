"""`cheval train sentiment`: calibrates how reviews without stars are read, on the shop's own texts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.configuration import checked_store, store_config

if TYPE_CHECKING:
    from kiosk.config import StoreConfig
    from kiosk.store.clues.sentiment.calibration import OfLanguage, Shown

DONE, UNUSABLE = 0, 2


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 written, 2 unusable configuration, records or database."""
    file, config = store_config(args.config)
    records, out = config.clues.records, config.clues.sentiment
    if records is None or out is None:
        print(f"{file}: clues.records and clues.sentiment have to be set", file=sys.stderr)
        return UNUSABLE
    if args.check:
        return checked_store(args.config, for_service=True).report()
    return _train(config, records, out, as_json_line=args.json)


def _train(config: StoreConfig, records: Path, out: Path, *, as_json_line: bool) -> int:
    from sqlalchemy.exc import SQLAlchemyError

    from kiosk.connectors.clues.json_lines import JsonLineRecords
    from kiosk.store.clues.sentiment.calibration import calibrate
    from kiosk.store.clues.sentiment.calibration_file import as_json
    from kiosk.store.clues.sentiment.own_texts import rated_texts
    from kiosk.store.db.database import Database
    from kiosk.store.settings import settings_of
    from recommender.artefacts.replaced_file import replace_file

    try:
        records.stat()  # a file that is not there says nothing to the store, but here it is a mistake
        database = Database(settings_of(config).database_url)
        try:
            found = calibrate(rated_texts(database, JsonLineRecords(records)))
        finally:
            database.close()
        replace_file(out, as_json(found))
    except (OSError, SQLAlchemyError) as error:
        print(f"the reading of texts was not calibrated: {error}", file=sys.stderr)
        return UNUSABLE
    print(json.dumps(json.loads(as_json(found))) if as_json_line else summary(found), flush=True)
    return DONE


def summary(found: Sequence[OfLanguage]) -> str:
    """One line a language, for people."""
    from kiosk.store.clues.sentiment.lexicon import LANGUAGES

    lines = []
    for one in found:
        name = one.language or "no language given"
        if one.language in LANGUAGES:
            lines.append(
                f"{name}: {one.texts} texts; good reviews {_side(one.good)}; bad reviews {_side(one.bad)}; "
                f"unsure {one.unsure:.0%}"
            )
        else:
            lines.append(f"{name}: {one.texts} texts; there is no lexicon: unsure 100%")
    return "\n".join(lines) or "no member who agreed to it has written a review with stars"


def _side(shown: Shown | None) -> str:
    if shown is None:
        return "are not shown (less than 80% right, or too few texts)"
    return f"are shown from {shown.threshold:.2f} on ({shown.precision:.0%} of {shown.texts} right)"
