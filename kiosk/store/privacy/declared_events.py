"""What is stored of events for other systems."""

from __future__ import annotations

from typing import Final

from kiosk.store.privacy.stored import About, Stored

EVENTS: Final[tuple[Stored, ...]] = (
    Stored(
        names=("event", "room_piece"),
        where="database",
        what="which piece was carried into a room or out, was sold or came back, when; no person, visit, order",
        why="for other systems of the shop; recorded only while a program has access or a web hook is configured",
        kept="7 days (`events.keep_days`); the piece in a room until it leaves",
    ),
    Stored(
        names=("event_stream", "events.stream"),
        where="database and state directory",
        what="id of the events' stream, numbers of its first and last event",
        why="so that a reader goes on after a break and is told if events are missing",
        kept="always",
    ),
    Stored(
        names=("integrator",),
        where="database",
        what="name, scopes and hash of the token of a program that may read events; who added it, by id",
        why="to let it in and to show who gave it access",
        kept="until it is revoked",
        about=About.ASSOCIATE,
    ),
    Stored(
        names=("web_hook", "dead_letter"),
        where="database",
        what="how far each web hook has come; events that a receiver did not take, without persons",
        why="so that every event is delivered, or shown as not delivered",
        kept="while the web hook is configured; events 30 days, at most 1,000 for each",
    ),
    Stored(
        names=("sales_out",),
        where="database",
        what="up to which entry of the ledger each of the retailer's systems has taken the sales; no person, no sale",
        why="so that every sale is given once, or shown as not given",
        kept="always: one that is configured again goes on where it was",
    ),
    Stored(
        names=("sales_out_log",),
        where="database",
        what="which document of a sale was skipped or given again, by whom (by id), when and why",
        why="to find out why a sale is missing in another system",
        kept="2 years",
        about=About.ASSOCIATE,
    ),
)
