"""The health of the store as the API answers it."""

from hardware.ports import NoteKind
from hardware.threads.supervised import Condition
from kiosk.store.api.administration.ledger_answers import LedgerAnswer
from kiosk.store.api.connections.proxy_signs import ProxySign
from kiosk.store.api.feed_answers import FeedHealth
from kiosk.store.api.health.fleet_answers import MirrorAnswer, StandReaderAnswer, TerminalAnswer
from kiosk.store.api.model_answers import LooksModelAnswer, SizesModelAnswer
from kiosk.store.api.sales_out.sales_out_answers import SalesOutHealth
from kiosk.store.api.wire_types import JsonObject


class ReaderNoteAnswer(JsonObject):
    """A note of a reader that stands: what a technician should know while reads continue."""

    reader: str
    kind: NoteKind
    antenna: int | None
    text: str
    since_us: int


class FiscalAnswer(JsonObject):
    """What the law's cash register has not registered yet: how many sales and refunds, the oldest since when, why.

    `stuck`: those that may be at a register that is not configured any more; they are given to no other one.
    `denied`: the register does not accept the token, or there is none at the address; a person must act.
    """

    waiting: int
    since_us: int
    why: str
    stuck: int
    denied: bool


class DiskAnswer(JsonObject):
    """Space on the disk of the state folder, in MB (millions of bytes). `low`: new orders are refused."""

    free_mb: int
    floor_mb: int
    low: bool


class ClockAnswer(JsonObject):
    """The last step of the computer's clock since the store's start: seconds, forward positive, 0 for none, and when.

    `held`: it was set ahead by more than an hour, and nothing is deleted by its age until it has stayed so for 7 days.
    """

    step_s: int
    stepped_us: int
    held: bool


class BackupAnswer(JsonObject):
    """The last back-up that was made and verified. `made_us`: microseconds since 1970, 0 for none."""

    made_us: int
    overdue: bool
    """It is older than `backup.overdue_hours`, or there is none."""


class ProxyAnswer(JsonObject):
    """A sign that a reverse proxy hides who asks. `count`: of requests; of mirrors and stands for `one-address`."""

    sign: ProxySign
    address: str
    count: int


class HookHealthAnswer(JsonObject):
    """A web hook for events. `oldest_us`: when the oldest event happened that waits to be sent, in microseconds since
    1970; null if none waits. `dead`: events that were given up and wait for somebody to send them again."""

    name: str
    usable: bool
    """False: its key or address cannot be used; the log says why."""
    gone: bool
    """It has answered 410: nothing is sent until its dead letters are sent again."""
    tries: int
    """Failed tries of the oldest event."""
    oldest_us: int | None
    dead: int
    failing: bool
    """Somebody must act: one of these, or an event that has waited for five minutes in vain."""


class ConnectorAnswer(JsonObject):
    """A system from which the store reads. Times in microseconds since 1970, 0 for never. `pulled_us`: when the last
    good reading began; what is known is at most so old. `tries`: readings that failed since. `refused`: rows that the
    feed does not take; `counts`: counts of stock."""

    name: str
    pulled_us: int
    tried_us: int
    tries: int
    refused: int
    counts: int
    lists_us: dict[str, int]
    """When the last good reading of each list (`catalogue`, `stock`) began."""
    failing: bool
    """Somebody must act: it cannot be used, or was not read for three intervals, at least half an hour."""


class HealthAnswer(JsonObject):
    """Whether the store works: `ok` is false if its database cannot be reached, if another store has taken it, if
    payments are closed because of the ledger or of the disk, or if a thread of the store does not do its work
    (`threads`).

    `payments_parked` wait for a person. `feed` is null while the database cannot be reached.
    """

    ok: bool
    version: str
    radio: dict[str, bool]
    """Whether each reader answers."""
    reader_notes: tuple[ReaderNoteAnswer, ...]
    rooms: int
    payments_open: int
    payments_parked: int
    payments_closed: bool
    """The ledger takes no new orders (`ledger`), or the disk has too little space for them (`disk`)."""
    ledger: LedgerAnswer
    disk: DiskAnswer
    clone_alarms: int
    tags_ignored: dict[str, int]
    fiscal: FiscalAnswer | None
    """The law's cash register; null if none is configured."""
    looks: LooksModelAnswer | None
    """The looks model; null if none is configured."""
    sizes: SizesModelAnswer | None
    """The sizes model; null if none is configured."""
    failing: tuple[str, ...]
    """Regular tasks whose last run failed, for instance `feed`; they are tried again."""
    threads: dict[str, Condition]
    """Whether each thread of the store works: `ok`, `failing`, `late` or `ended`."""
    feed: FeedHealth | None
    clock: ClockAnswer
    alarms_undeliverable: tuple[str, ...]
    """Receivers of alarms who refused the last message for good, by their key in the configuration. It does not change
    `ok`."""
    web_hooks: tuple[HookHealthAnswer, ...]
    """The web hooks for events of the configuration; none while the database cannot be reached. None of them changes
    `ok`."""
    sales_out: tuple[SalesOutHealth, ...]
    """Where sales are given to. None of them changes `ok`."""
    connectors: tuple[ConnectorAnswer, ...]
    """The systems of `connectors`. None of them changes `ok`."""
    backup: BackupAnswer | None
    """The last back-up; null if none are configured. It does not change `ok`."""
    mirrors: dict[str, MirrorAnswer]
    """The mirror of each room. None of them changes `ok`."""
    stands: dict[str, StandReaderAnswer]
    """The card reader of each stand. None of them changes `ok`."""
    proxies: tuple[ProxyAnswer, ...]
    """Signs of reverse proxies since the start, for `cheval doctor`. None of them changes `ok`."""
    terminals: dict[str, TerminalAnswer]
    """Whether each payment terminal could be reached. None of them changes `ok`."""


class PlainHealth(JsonObject):
    """What a caller is told whom the store does not know."""

    ok: bool
