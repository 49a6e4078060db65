"""What an entry of the list of stored things says (`declared.py`): what, why, for how long, and about whom.

The retention table in `packaging/guides/privacy.md` is generated from the list; a test finds a table or a file of the
state directory that is not in it. Times that the program itself keeps to are those of `housekeeping`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique


@unique
class About(Enum):
    """Whom stored values are about."""

    NOBODY = "nobody"
    MEMBER = "member"
    SHOPPER = "a shopper, without a name"
    ASSOCIATE = "associate"
    KEYS = "nobody (keys and tokens)"


@dataclass(frozen=True, slots=True)
class Stored:
    """One kind of stored thing. `names`: tables of the database, or file names (globs) in the state directory.

    `after_erasure`: what of it stays after a member was erased, and why; empty if nothing of her is in it.
    """

    names: tuple[str, ...]
    where: str
    what: str
    why: str
    kept: str
    about: About = About.NOBODY
    after_erasure: str = ""
