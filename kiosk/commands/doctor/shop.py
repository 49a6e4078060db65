"""Checks the store's database and the shop's opening hours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from kiosk.clock import US
from kiosk.commands.doctor.finding import Finding, bad, good, note
from kiosk.commands.doctor.machine import writable
from kiosk.config.hours import shown
from kiosk.config.shop import Shop, opening_hours, zone_of
from kiosk.store.db.postgres_hold import holder_of

_ABOUT = "database"


def database(url: str) -> Finding:
    """The database is reachable; an SQLite file is not damaged."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return _sqlite(Path(target.database or ""))
    # the store's driver; `postgresql://` alone would be another one
    target = target.set(drivername="postgresql+psycopg")
    engine = create_engine(target, connect_args={"connect_timeout": 3})
    try:
        with engine.connect() as connection:
            version = connection.execute(text("show server_version")).scalar_one()
            holder = holder_of(connection)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return bad(
            _ABOUT, f"{target.render_as_string()}: {reason}", "Start it, or correct `database` in the file."
        )
    finally:
        engine.dispose()
    held = f", held by {holder}" if holder is not None else ""
    return good(_ABOUT, f"{target.render_as_string()}, version {version}{held}")


def hours(shop: Shop, now_us: int) -> Finding:
    """Whether the shop is open now by its opening hours, and when it opens; whether the zone is only guessed."""
    about, zone, its = "opening hours", zone_of(shop), opening_hours(shop)
    now = datetime.fromtimestamp(now_us / US, its.zone)
    here = f"{now:%H:%M} in {zone}"
    if shop.time_zone is None:
        advice = "Write `shop.time_zone`, or receipts and opening hours change with this computer's settings."
        return note(about, f"{here}, the time zone of this computer", advice)
    if its.always:
        return good(about, f"always open; {here}")
    opens_us = its.next_opening(now_us)
    if opens_us is None:
        return bad(about, "the shop never opens again", "Correct `shop.hours` and `shop.holidays`.")
    if (
        shop.holidays
        and its.holidays.dates
        and not its.holidays.yearly
        and its.holidays.dates[-1][0] < now.date()
    ):
        advice = "Write the next ones into `shop.holidays`."
        return note(about, f"{here}; the last holiday was {its.holidays.dates[-1][0]}", advice)
    if opens_us == now_us:
        return good(about, f"open; {here}; today {shown(its.spans_of(now.date()))}")
    opens = datetime.fromtimestamp(opens_us / US, its.zone)
    return good(about, f"closed; {here}; opens {opens:%Y-%m-%d %H:%M}")


def _sqlite(file: Path) -> Finding:
    if not file.exists():
        return writable(_ABOUT, file)
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=3)) as connection:
            (verdict,) = connection.execute("pragma quick_check(1)").fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return bad(
            _ABOUT,
            f"{file}: {error}",
            "Move the file away and restore a copy; without one the store creates a new database.",
        )
    if verdict != "ok":
        return bad(_ABOUT, f"{file}: {verdict}", "Move the file away and restore a copy.")
    return writable(_ABOUT, file)
