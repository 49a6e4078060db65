"""Tables of the store's database. Payments are in the ledger's own file. Texts in several languages are JSON."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    false,
)

from kiosk.store.db import table_groups as table_groups
from kiosk.store.db.metadata import METADATA as METADATA

STYLE = Table(
    "style", METADATA,
    Column("style_id", String(64), primary_key=True),
    Column("category", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("story", Text, nullable=False, server_default="{}"),
    Column("material", Text, nullable=False, server_default="{}"),
    Column("care", Text, nullable=False, server_default="{}"),
    Column("origin", Text, nullable=False, server_default="{}"),
    Column("price_minor", BigInteger, nullable=False),
    Column("price_before_minor", BigInteger, nullable=True),
    Column("lowest_price_minor", BigInteger, nullable=True),
    Column("currency", String(3), nullable=False),
    Column("season", String(64), nullable=False, server_default=""),
    Column("line", String(64), nullable=False, server_default=""),
    Column("tax_class", String(64), nullable=False, server_default=""),
    Column("size_system", String(32), nullable=False, server_default=""),
    Column("sizes", Text, nullable=False, server_default="[]"),
    Column("since", String(32), nullable=False, server_default=""),
)  # fmt: skip

COLOURWAY = Table(
    "colourway", METADATA,
    Column("style_id", String(64), ForeignKey("style.style_id", ondelete="CASCADE"), primary_key=True),
    Column("code", String(32), primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("hex", String(16), nullable=False, server_default=""),
    Column("picture", String(255), nullable=False, server_default=""),
    Column("pictures", Text, nullable=False, server_default="[]"),
    Column("item", String(128), nullable=False),
    Index("ix_colourway_item", "item", unique=True),
)  # fmt: skip
"""`item`: the id of the style in this colour, opaque: style and colour are looked up by it, never read from it.
`pictures`: JSON list of all pictures, of which `picture` is the first."""

SKU = Table(
    "sku", METADATA,
    Column("article", String(128), primary_key=True),
    Column("style_id", String(64), ForeignKey("style.style_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("colour", String(32), nullable=False),
    Column("size", String(32), nullable=False),
    Column("price_minor", BigInteger, nullable=True),
    Column("price_before_minor", BigInteger, nullable=True),
    Column("lowest_price_minor", BigInteger, nullable=True),
    Column("sku", String(128), nullable=False, server_default=""),
    Column("tax_class", String(64), nullable=False, server_default=""),
    Index("ix_sku_sku", "sku"),
)  # fmt: skip
"""Articles. Prices and `tax_class`: the article's own; null and empty where those of the
style hold. `sku`: the shop's own SKU of an article that has a GTIN; empty where there is none."""

STOCK = Table(
    "stock", METADATA,
    Column("article", String(128), primary_key=True),
    Column("place", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("counted_us", BigInteger, nullable=False),
    Column("counted", Integer, nullable=False, server_default="0"),
    Column("reserved", Integer, nullable=False, server_default="0"),
    Column("incoming", Integer, nullable=False, server_default="0"),
)  # fmt: skip
"""Pieces by place. `count`: those that can be sold now, that is `counted` (at `counted_us`) without the `reserved` ones
and without the shop's own sales since then, never below zero. `incoming`: pieces on their way to this place.
`counted_us` 0: when the file of the stock was written (`feed_file.as_of_us`); see `catalogue/stock_counts.py`."""

STOCK_MOVEMENT = Table(
    "stock_movement", METADATA,
    Column("movement_id", Integer, primary_key=True, autoincrement=True),
    Column("article", String(128), nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Index("ix_stock_movement_article", "article", "at_us"),
    Index("ix_stock_movement_at_us", "at_us"),
)  # fmt: skip
"""The shop's own sales (-1) and returns (1), which count until the stock is counted later."""

SOLD = Table(
    "sold", METADATA,
    Column("piece", String(128), primary_key=True),
    Column("article", String(128), nullable=False),
    Column("ordered_as", String(128), nullable=False),
    Column("order_id", String(128), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Index("ix_sold_article", "article", "at_us"),
    Index("ix_sold_ordered_as", "ordered_as"),
    Index("ix_sold_order_id", "order_id"),
)  # fmt: skip
"""Sold pieces. `ordered_as`: the piece's id in the line of its order, which differs from `piece` if the piece was
ordered by a label without serial and its tag was read later."""

SHOPPER = Table(
    "shopper", METADATA,
    Column("shopper_id", String(64), primary_key=True),
    Column("first_name", String(128), nullable=False, server_default=""),
    Column("language", String(8), nullable=False, server_default=""),
    Column("sizes", Text, nullable=False, server_default="{}"),
    Column("member", Boolean, nullable=False),
    Column("consents", Text, nullable=False, server_default="[]"),
    Column("stored_means", String(128), nullable=False, server_default=""),
    Column("level", String(32), nullable=False, server_default=""),
)  # fmt: skip

CREDENTIAL = Table(
    "credential", METADATA,
    Column("uid_mac", String(64), primary_key=True),
    Column("shopper_id", String(64), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("counter", BigInteger, nullable=False),
    Column("blocked", Boolean, nullable=False, server_default=false()),
    Column("source", String(16), nullable=False, server_default="feed"),
    Column("limit_minor", BigInteger, nullable=True),
)  # fmt: skip
"""Cards and rings by the keyed hash of their UID. A row stays when its shopper is deleted (`shopper_id` ""), so that
counter and block still hold if a later feed lists the card again."""

ERASED_MEMBER = Table(
    "erased_member", METADATA,
    Column("member_mac", String(64), primary_key=True),
    Column("erased_us", BigInteger, nullable=False),
)  # fmt: skip
"""Members who were erased, by the keyed hash of their id, so that no feed brings them back (`customers/tombstones`)."""

PURCHASE = Table(
    "purchase", METADATA,
    Column("purchase_id", Integer, primary_key=True, autoincrement=True),
    Column("shopper_id", String(64), nullable=False, index=True),
    Column("item", String(128), nullable=False),
)  # fmt: skip

ASSOCIATE = Table(
    "associate", METADATA,
    Column("associate_id", String(64), primary_key=True),
    Column("name", String(128), nullable=False),
    Column("languages", Text, nullable=False, server_default="[]"),
    Column("role", String(16), nullable=False, server_default="associate"),
    Column("pin_hash", Text, nullable=False, server_default=""),
    Column("failures", Integer, nullable=False),
    Column("locked_until_us", BigInteger, nullable=False),
    Column("active", Boolean, nullable=False),
    *(Column(n, Boolean, nullable=False, server_default=false()) for n in
      ("by_hand", "own_pin", "own_role", "barred", "pin_once")),
)  # fmt: skip
"""The staff. `by_hand`: added in the shop, not by the feed; `own_pin`, `own_role`: set in the shop, the feed's do not
count; `barred`: access was ended in the shop, the feed gives none; `pin_once`: must be changed at the next sign-in."""

STAFF_LOG = Table(
    "staff_log", METADATA,
    Column("log_id", Integer, primary_key=True, autoincrement=True),
    Column("at_us", BigInteger, nullable=False, index=True),
    Column("who", String(80), nullable=False), Column("what", String(16), nullable=False),
    Column("about", String(64), nullable=False), Column("role", String(16), nullable=False),
)  # fmt: skip
"""Who changed the staff in the shop, by ids."""

SESSION = Table(
    "session", METADATA,
    Column("token_mac", String(64), primary_key=True),
    Column("associate_id", String(64), nullable=False),
    Column("since_us", BigInteger, nullable=False),
)  # fmt: skip

KNOWN_DEVICE = Table(
    "known_device", METADATA,
    Column("device_mac", String(64), primary_key=True),
    Column("associate_id", String(64), primary_key=True),
    Column("seen_us", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until_us", BigInteger, nullable=False),
    Index("ix_known_device_associate_id", "associate_id", "seen_us"),
)  # fmt: skip
"""Devices on which associates have signed in, each with its own count of wrong PINs (`staff/pin_tries.py`)."""

REQUEST = Table(
    "request", METADATA,
    Column("request_id", String(128), primary_key=True),
    Column("room", String(64), nullable=False),
    Column("ticket", String(128), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("made_us", BigInteger, nullable=False),
    Column("arrived_us", BigInteger, nullable=False, index=True), Column("answered_us", BigInteger),
    Column("changed_us", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)  # fmt: skip

ITEM_EVENT = Table(
    "mark", METADATA,
    Column("mark_id", Integer, primary_key=True, autoincrement=True),
    Column("at_us", BigInteger, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("item", String(128), nullable=False),
    Column("size", String(32), nullable=False, server_default=""),
    Column("basket", String(16), nullable=False, server_default=""),
    Index("ix_mark_kind_item", "kind", "item"), Index("ix_mark_at_us", "at_us"),
)  # fmt: skip
"""Item events (`ItemEventKind`), without person and tag. The events of one visit have the same random `basket`, which
is stored nowhere else."""

FIT_FEEDBACK = Table(
    "trial", METADATA,
    Column("shopper_id", String(64), primary_key=True),
    Column("style_id", String(64), primary_key=True),
    Column("size", String(32), primary_key=True),
    Column("category", String(64), nullable=False, server_default=""),
    Column("felt", String(24), nullable=False),
    Column("spot", String(24), nullable=False, server_default=""),
    Column("at_us", BigInteger, nullable=False),
)  # fmt: skip
"""Fit feedback of members who have consented to it: one row per shopper, style and size."""

LOOK = Table(
    "look", METADATA,
    Column("look_id", String(64), primary_key=True),
    Column("items", Text, nullable=False),
    Column("stylist", String(128), nullable=False, server_default=""),
)  # fmt: skip
"""Stylists' looks from the feed, as JSON lists of items."""

FEED_LINE = Table(
    "feed_line", METADATA,
    Column("kind", String(16), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
"""Every row that came from a feed, with the digest of its line; an empty digest means that its line must be read again.
Digests of lines about persons are keyed, because a line of few unknown digits could be guessed from its digest."""

FEED_FILE = Table(
    "feed_file", METADATA,
    Column("kind", String(16), primary_key=True),
    Column("stamp", Text, nullable=False, server_default=""),
    Column("content", String(64), nullable=False, server_default=""),
    Column("as_of_us", BigInteger, nullable=False, server_default="0"),
    Column("waiting", Integer, nullable=False, server_default="0"),
    Column("report", Text, nullable=False, server_default="{}"),
)  # fmt: skip
"""The files that were read last. `stamp`: names, inodes, times and sizes; `content`: a digest of the contents and of
what decides how they are read. `waiting`: lines whose style or item is not known yet. `report`: JSON."""

HELD_LOSS = Table(
    "held_loss", METADATA,
    Column("kind", String(16), primary_key=True),
    Column("what", String(32), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("known", Integer, nullable=False),
    Column("entries", Text, nullable=False),
    Column("since_us", BigInteger, nullable=False),
    Column("accepted_by", String(128), nullable=False, server_default=""),
    Column("accepted_us", BigInteger, nullable=False, server_default="0"),
)  # fmt: skip
"""Losses of a feed that wait for a yes, or for the import after it. `entries`: JSON list of keys, or of prices."""

LEDGER_HEAD = Table(
    "ledger_head", METADATA,
    Column("head_id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("receipts", BigInteger, nullable=False),
)  # fmt: skip
"""One row (`head_id` 1): number and hash of the last entry of the ledger file, and the highest number of a receipt, so
that an old copy of the ledger is noticed."""

OUTBOX = Table(
    "outbox", METADATA,
    Column("message_id", String(64), primary_key=True),
    Column("order_id", String(128), nullable=False),
    Column("language", String(8), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_us", BigInteger, nullable=False),
    Column("made_us", BigInteger, nullable=False),
    Column("why", String(64), nullable=False, server_default=""),
    Index("ix_outbox_order_id", "order_id"),
    Index("ix_outbox_state", "state", "next_us"),
)  # fmt: skip
"""Receipts to be sent by e-mail. `sealed`: the encrypted address, erased (empty) as soon as the message is sent or
given up. The row itself is deleted after two days."""
