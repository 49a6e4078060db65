"""Names and ids of members and associates, to be taken out of texts that leave the shop."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, make_url, select

from kiosk.store.db.tables import ASSOCIATE, SHOPPER


def known_words(url: str) -> tuple[frozenset[str], frozenset[str]]:
    """Names and ids, read without changing anything; none if the database was never made. Raises SQLAlchemyError."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(parsed.database or "")
        if not file.is_file():
            return frozenset(), frozenset()
        parsed = make_url(f"sqlite:///file:{file.absolute()}?mode=ro&uri=true")
    engine = create_engine(parsed, hide_parameters=True)
    try:
        with engine.connect() as connection:
            members = connection.execute(select(SHOPPER.c.first_name, SHOPPER.c.shopper_id)).all()
            staff = connection.execute(select(ASSOCIATE.c.name, ASSOCIATE.c.associate_id)).all()
    finally:
        engine.dispose()
    people = [*members, *staff]
    return frozenset(name for name, _ in people), frozenset(number for _, number in people)
