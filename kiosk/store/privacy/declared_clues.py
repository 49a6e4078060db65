"""What the store keeps of clues, of the client book and of associates' messages (a part of `declared`)."""

from __future__ import annotations

from typing import Final

from kiosk.store.privacy.stored import About, Stored

CLUES: Final[tuple[Stored, ...]] = (
    Stored(
        names=("book_entry",),
        where="database",
        what="client book: notes, likes, dislikes, sizes, dates, follow-ups, by associates",
        why="to serve her as she likes, with the consent `clues`",
        kept="1 month to 3 years by kind, or until she withdraws the consent or is erased",
        about=About.MEMBER,
    ),
    Stored(
        names=("book_edit",),
        where="database",
        what="who changed which entry of a client book, and when; not what it said",
        why="so that it can be told who wrote what about a member, with the consent `clues`",
        kept="1 year, at most 200 of a member, or until she withdraws the consent or is erased",
        about=About.MEMBER,
    ),
    Stored(
        names=("member_request",),
        where="database",
        what="what a member asked for at a mirror, and whether it was there",
        why="clues for associates, with the consent `clues`",
        kept="90 days, or until she withdraws the consent or is erased",
        about=About.MEMBER,
    ),
    Stored(
        names=("clue_verdict",),
        where="database",
        what="digests of clues about a member that associates called useful or wrong",
        why="so that what is wrong never comes back",
        kept="until she withdraws the consent `clues` or is erased",
        about=About.MEMBER,
    ),
    Stored(
        names=("clue_refusal",),
        where="database",
        what="that a member withdrew the consent `clues` in the shop, and when",
        why="so that a feed that still lists it does not bring it back",
        kept="until the feed does not list the consent any more, or she is erased",
        about=About.MEMBER,
    ),
    Stored(
        names=("appointment",),
        where="database",
        what="appointments: member or guest's name, time, note, associate, pieces, when she came, rooms and visits",
        why="to have the pieces ready; of members with the consent `clues`",
        kept="until the end of its day, or until it is deleted, she withdraws the consent or is erased",
        about=About.MEMBER,
    ),
    Stored(
        names=("aside_member",),
        where="database",
        what="which member a piece is put aside for",
        why="so that her card shows it, at a mirror and to associates; of members with the consent `clues`",
        kept="until she has it or it is put aside no more, she withdraws the consent or is erased",
        about=About.MEMBER,
    ),
    Stored(
        names=("messages.sealed",),
        where="state directory",
        what=(
            "messages of associates on the mirrors now, encrypted: first name of the associate, text, articles, visit, "
            "whether it was shown"
        ),
        why="so that a mirror that is away gets its message although the store is started again",
        kept="as long as the visit, or until the shopper closes it; at most 2 hours after a restart; in no back-up",
        about=About.SHOPPER,
    ),
    Stored(
        names=("clue_trust",),
        where="database",
        what="how many clues of each source were called useful and wrong",
        why="the order of clues",
        kept="always",
    ),
)
