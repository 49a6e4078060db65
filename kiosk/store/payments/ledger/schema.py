"""Tables and statements of a ledger, for SQLite and PostgreSQL; `?` stands for a bound value, `{p}` begins the names.

`journal` has the entries. All other tables are derived from them (`derived`) in the same transaction, and can be made
again from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

FORMAT: Final = 3
"""`PRAGMA user_version` of a ledger file; 0 in files without derived tables, 2 in those of the version before."""
FORMAT_2: Final = 2
"""The highest number of a receipt was in a table of its own, and each piece was in an index by its order: two more
pages of the file were written for each sale."""
JOURNAL_SQLITE: Final = """
CREATE TABLE IF NOT EXISTS journal (
    seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, kind TEXT NOT NULL, order_id TEXT NOT NULL,
    key TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', body TEXT NOT NULL, chain TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS journal_order ON journal (order_id, kind);
CREATE INDEX IF NOT EXISTS journal_key ON journal (kind, key);
CREATE UNIQUE INDEX IF NOT EXISTS journal_keyed ON journal (key) WHERE state = 'keyed';
CREATE INDEX IF NOT EXISTS journal_spent ON journal (state) WHERE kind = 'spent';
CREATE TRIGGER IF NOT EXISTS journal_no_update BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER IF NOT EXISTS journal_no_delete BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
"""
DERIVED_SQLITE: Final = """
CREATE TABLE IF NOT EXISTS piece (
    piece TEXT PRIMARY KEY, ordered_as TEXT NOT NULL, order_id TEXT NOT NULL, sold INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS piece_renamed ON piece (order_id) WHERE ordered_as <> piece;
CREATE TABLE IF NOT EXISTS identity (scanned TEXT PRIMARY KEY, piece TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS open_key (
    kind TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
"""
"""`open_key` also has the highest number of a receipt (kind `receipts`, no key, the number as `seq`): its page is
written for each sale anyway. A piece of an order has the id with which it was ordered, or is in `piece_renamed`."""
FORMAT_2_SQLITE: Final = """
CREATE INDEX piece_order ON piece (order_id);
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""
"""What a file of the version before has besides; `NOT_IN_FORMAT_2` is what it does not have yet."""
NOT_IN_FORMAT_2: Final = ("piece_renamed",)
NOT_IN_FORMAT_0: Final = ("journal_spent",)
"""What the journal of a file without derived tables does not have yet."""
FROM_FORMAT_2: Final = """
INSERT INTO open_key (kind, key, seq) SELECT 'receipts', '', value FROM counter WHERE name = 'receipts';
DROP TABLE counter;
DROP INDEX piece_order;
CREATE INDEX piece_renamed ON piece (order_id) WHERE ordered_as <> piece;
"""
FROM_COUNTER_POSTGRES: Final = """
INSERT INTO {p}open_key (kind, key, seq) SELECT 'receipts', '', value FROM {p}counter WHERE name = 'receipts';
DROP TABLE {p}counter;
"""
"""For ledgers of the version before. Their index of all pieces by order stays: it serves as well."""
LOOK_UP_SQLITE: Final = """
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, kind TEXT NOT NULL, order_id TEXT NOT NULL,
    key TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', body TEXT NOT NULL, chain TEXT NOT NULL
) STRICT;
CREATE INDEX journal_order ON journal (order_id, kind);
"""
"""The journal of a temporary database in which the derived tables are made: the entries that are looked up for them."""
POSTGRES: Final = """
CREATE TABLE {p}journal (
    seq BIGINT PRIMARY KEY, at_us BIGINT NOT NULL, kind TEXT NOT NULL, order_id TEXT NOT NULL,
    key TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', body TEXT NOT NULL, chain TEXT NOT NULL
);
CREATE INDEX {p}journal_order ON {p}journal (order_id, kind, seq);
CREATE INDEX {p}journal_key ON {p}journal (kind, key, seq);
CREATE UNIQUE INDEX {p}journal_keyed ON {p}journal (key) WHERE state = 'keyed';
CREATE INDEX {p}journal_spent ON {p}journal (state) WHERE kind = 'spent';
CREATE TABLE {p}piece (
    piece TEXT PRIMARY KEY, ordered_as TEXT NOT NULL, order_id TEXT NOT NULL, sold INTEGER NOT NULL
);
CREATE INDEX {p}piece_renamed ON {p}piece (order_id) WHERE ordered_as <> piece;
CREATE TABLE {p}identity (scanned TEXT PRIMARY KEY, piece TEXT NOT NULL);
CREATE TABLE {p}open_key (kind TEXT NOT NULL, key TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (kind, key));
CREATE FUNCTION {p}refuse() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''the journal is only added to''; END';
CREATE TRIGGER {p}no_change BEFORE UPDATE OR DELETE ON {p}journal
    FOR EACH ROW EXECUTE FUNCTION {p}refuse();
CREATE TRIGGER {p}no_truncate BEFORE TRUNCATE ON {p}journal
    FOR EACH STATEMENT EXECUTE FUNCTION {p}refuse();
"""
DERIVED: Final = ("piece", "identity", "open_key")
ROW: Final = "seq, at_us, kind, order_id, key, state, body, chain"


def statements(schema: str) -> Iterator[str]:
    """The statements of a schema without triggers' inner semicolons: each ends with a semicolon at a line's end."""
    statement = ""
    for line in schema.splitlines():
        statement += line + "\n"
        if line.endswith(";"):
            yield statement
            statement = ""


class Table(NamedTuple):
    """Statements about one derived table: all rows, their number, the row of a primary key, and the columns of it;
    `insert` gives the statement that inserts so many rows."""

    rows: str
    number: str
    one: str
    key_columns: int
    insert: Callable[[int], str]


def _table(name: str, columns: str, key: str) -> Table:
    def of(template: str) -> str:
        where = " AND ".join(f"{column} = ?" for column in key.split(", "))
        return template.format(name=name, columns=columns, where=where)

    def insert(rows: int) -> str:
        places = f"({', '.join('?' * len(columns.split(', ')))})"
        return of("INSERT INTO {name} ({columns}) VALUES ") + ", ".join([places] * rows)

    return Table(
        of("SELECT {columns} FROM {name}"),
        of("SELECT count(*) FROM {name}"),
        of("SELECT {columns} FROM {name} WHERE {where}"),
        len(key.split(", ")),
        insert,
    )


_PIECE: Final = ("piece, ordered_as, order_id, sold", "piece")
_IDENTITY: Final = ("scanned, piece", "scanned")
_OPEN_KEY: Final = ("kind, key, seq", "kind, key")


class OfOrder(NamedTuple):
    """Statements that change the pieces which an order holds.

    `piece`: one that has the id with which it was ordered (values: piece, order). `renamed`: those that were identified
    since (order). `all`: all of them (order), for an order that is not in this ledger; it reads the whole table.
    """

    piece: str
    renamed: str
    all: str


def _of_order(change: str, more: str = "") -> OfOrder:
    return OfOrder(
        f"{change} WHERE piece = ? AND order_id = ?{more}",
        f"{change} WHERE order_id = ? AND ordered_as <> piece{more}",
        f"{change} WHERE order_id = ?{more}",
    )


class Statements:
    """The statements of a ledger whose tables' names begin with `p`."""

    def __init__(self, p: str) -> None:
        def of(template: str) -> str:
            return template.format(p=p, row=ROW)

        self.insert = of("INSERT INTO {p}journal ({row}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        self.end = of("SELECT seq, chain FROM {p}journal ORDER BY seq DESC LIMIT 1")
        self.chain_at = of("SELECT chain FROM {p}journal WHERE seq = ?")
        self.between = of("SELECT {row} FROM {p}journal WHERE seq BETWEEN ? AND ? ORDER BY seq")
        self.outlines = of(
            "SELECT seq, at_us, kind, state FROM {p}journal WHERE seq BETWEEN ? AND ? ORDER BY seq"
        )
        self.following = of("SELECT {row} FROM {p}journal WHERE seq >= ? ORDER BY seq LIMIT ?")
        self.first_mark = of(
            "SELECT seq, body FROM {p}journal WHERE kind = 'chain' AND key = '' ORDER BY seq LIMIT 1"
        )
        self.by_key = of(
            "SELECT seq, body FROM {p}journal WHERE kind = ? AND key = ? ORDER BY seq DESC LIMIT 1"
        )
        self.by_order = of(
            "SELECT seq, body FROM {p}journal WHERE order_id = ? AND kind = ? ORDER BY seq DESC LIMIT 1"
        )
        self.of_order = of(
            "SELECT seq, key, body FROM {p}journal WHERE order_id = ? AND kind = ? ORDER BY seq"
        )
        self.orders_between = of(
            "SELECT seq, order_id FROM {p}journal WHERE seq BETWEEN ? AND ? AND at_us >= ? AND at_us < ?"
            " AND order_id <> '' ORDER BY seq"
        )
        self.all_of_order = of("SELECT {row} FROM {p}journal WHERE order_id = ? ORDER BY seq")
        self.spent = of(
            "SELECT seq, key, body FROM {p}journal WHERE kind = 'spent' AND state = ? ORDER BY seq"
        )
        self.open_entries = of(
            "SELECT j.order_id, j.body FROM {p}open_key o JOIN {p}journal j ON j.seq = o.seq"
            " WHERE o.kind = ? ORDER BY o.seq"
        )
        self.orders_with_open = of(
            "SELECT DISTINCT j.order_id FROM {p}open_key o JOIN {p}journal j ON j.seq = o.seq"
            " WHERE o.kind <> 'receipts' ORDER BY j.order_id"
        )
        self.held_by_other = of(
            "SELECT j.key FROM {p}open_key o JOIN {p}journal j ON j.seq = o.seq WHERE o.kind = 'attempt'"
            " AND j.order_id = ? AND o.key <> ? AND j.state IN ('keyed', 'sending', 'sent', 'unsure', 'parked') LIMIT 1"
        )
        self.open_keys = of("SELECT key FROM {p}open_key WHERE kind = ? ORDER BY seq")
        self.all_open = of("SELECT kind, key FROM {p}open_key WHERE kind <> 'receipts' ORDER BY kind, key")
        self.set_open = of(
            "INSERT INTO {p}open_key (kind, key, seq) VALUES (?, ?, ?)"
            " ON CONFLICT (kind, key) DO UPDATE SET seq = excluded.seq"
        )
        self.set_done = of("DELETE FROM {p}open_key WHERE kind = ? AND key = ?")
        self.piece = of("SELECT order_id, sold FROM {p}piece WHERE piece = ?")
        self.set_piece = of(
            "INSERT INTO {p}piece (piece, ordered_as, order_id, sold) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (piece) DO UPDATE SET sold = excluded.sold"
        )
        self.holder = of(
            "SELECT order_id, sold FROM {p}piece"
            " WHERE piece = COALESCE((SELECT piece FROM {p}identity WHERE scanned = ?), ?)"
        )
        self.hold_piece = of(
            "INSERT INTO {p}piece (piece, ordered_as, order_id, sold)"
            " VALUES (COALESCE((SELECT piece FROM {p}identity WHERE scanned = ?), ?), ?, ?, ?)"
            " ON CONFLICT (piece) DO UPDATE SET sold = excluded.sold WHERE {p}piece.order_id = excluded.order_id"
            " RETURNING 1"
        )
        self.rename_piece = of("UPDATE {p}piece SET piece = ? WHERE piece = ?")
        self.release = _of_order(of("DELETE FROM {p}piece"), " AND sold = 0")
        self.unsell = _of_order(of("UPDATE {p}piece SET sold = 0"))
        self.free_all = _of_order(of("DELETE FROM {p}piece"))
        self.free_renamed = f"{self.free_all.renamed} AND ordered_as = ?"
        self.pieces = of(
            "SELECT piece, ordered_as, order_id, sold FROM {p}piece WHERE piece > ? ORDER BY piece LIMIT ?"
        )
        self.identity = of("SELECT piece FROM {p}identity WHERE scanned = ?")
        self.set_identity = of(
            "INSERT INTO {p}identity (scanned, piece) VALUES (?, ?)"
            " ON CONFLICT (scanned) DO UPDATE SET piece = excluded.piece"
        )
        self.receipts = of("SELECT seq FROM {p}open_key WHERE kind = 'receipts' AND key = ''")
        self.receipts_in_counter = of("SELECT value FROM {p}counter WHERE name = 'receipts'")
        """Where the version before has it."""
        self.raise_receipts = of(
            "INSERT INTO {p}open_key (kind, key, seq) VALUES ('receipts', '', ?) ON CONFLICT (kind, key) DO UPDATE"
            " SET seq = CASE WHEN excluded.seq > {p}open_key.seq THEN excluded.seq ELSE {p}open_key.seq END"
        )
        columns = {"piece": _PIECE, "identity": _IDENTITY, "open_key": _OPEN_KEY}
        self.tables = tuple(_table(f"{p}{name}", *columns[name]) for name in DERIVED)
        """The statements of each derived table."""
        self.clear = tuple(of("DELETE FROM {p}TABLE".replace("TABLE", table)) for table in DERIVED)
