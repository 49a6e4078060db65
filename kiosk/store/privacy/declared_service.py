"""What the store keeps of requests, of pieces that wait or are sent, and of breaks."""

from __future__ import annotations

from typing import Final

from kiosk.store.privacy.stored import About, Stored

SERVICE: Final[tuple[Stored, ...]] = (
    Stored(
        names=("request", "aside"),
        where="database",
        what="requests of a visit, pieces put aside: article, size, code, times, first name of the associate",
        why="service, pieces that wait for her, answer times",
        kept="90 days",
        about=About.SHOPPER,
    ),
    Stored(
        names=("alteration",),
        where="database",
        what="tailor's notes: what is altered, price, day, associates by id; the member with her consent `clues`",
        why="to alter a garment as agreed",
        kept="until 90 days after it is done or its day is over; the member until she withdraws the consent",
        about=About.MEMBER,
    ),
    Stored(
        names=("applied_action",),
        where="database",
        what="keys of associates' actions on requests, by ids, and when",
        why="so that an action that is sent twice is done once",
        kept="90 days",
        about=About.ASSOCIATE,
    ),
    Stored(
        names=("staff_break",),
        where="database",
        what="associates who are on a break, by id, and since when",
        why="so that nothing rings for them, after a restart either",
        kept="until the break ends",
        about=About.ASSOCIATE,
    ),
    Stored(
        names=("parcel_address",),
        where="database",
        what="encrypted address of a parcel, as an associate took it down, by the parcel's id in the ledger",
        why="to send what she has bought",
        kept="until the parcel is delivered, at most 90 days",
        about=About.SHOPPER,
    ),
)
