"""What is stored for the notifications of associates."""

from __future__ import annotations

from typing import Final

from kiosk.store.privacy.stored import About, Stored

PUSH: Final[tuple[Stored, ...]] = (
    Stored(
        names=("push_subscription",),
        where="database",
        what="address and keys of a browser at its maker's push service, who is signed in there, language",
        why="to notify an associate of a request while the page is not seen",
        kept=(
            "until it is switched off, the associate signs out or has no access any more, the service says that it has "
            "ended, or the session's longest time is over (`associates.session_hours`)"
        ),
        about=About.ASSOCIATE,
    ),
    Stored(
        names=("push.key",),
        where="state directory",
        what="private key by which push services know the store",
        why="so that nobody else can notify the devices",
        kept="always",
        about=About.KEYS,
    ),
)
