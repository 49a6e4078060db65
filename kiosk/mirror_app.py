"""The one composition root: here, and only here, rooms that may not know each other are put together."""

from __future__ import annotations

import secrets
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hardware.ports import CardReader, LabelReader
from kiosk.clock import now_us
from kiosk.config import MirrorConfig
from kiosk.core.domain.ids import RoomId
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.events import Event
from kiosk.core.visit.settings import MirrorSettings
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import Touch

if TYPE_CHECKING:
    from kiosk.mirror.effect_runner import EffectRunner
    from kiosk.mirror.event_stream import StoreEventStream
    from kiosk.mirror.shell import Shell, StepObserver
    from kiosk.mirror.shop_description import ShopDescriptionLoader
    from kiosk.mirror.store_client import StoreClient


class Screen(Protocol):
    """What a mirror needs of its glass."""

    def show(self, scene: Scene) -> None: ...

    def wipe(self) -> None: ...

    def run(self) -> int: ...

    def quit(self) -> None: ...


ScreenFactory = Callable[[Callable[[Touch], None], Callable[[str, int], bytes | None]], Screen]
"""From (where touches go, where pictures come from) to a glass."""


@dataclass(slots=True)
class Mirror:
    """A mirror put together; `run` shows it until it is closed."""

    screen: Screen
    shell: Shell
    client: StoreClient
    errands: EffectRunner
    stream: StoreEventStream
    cards: CardReader | None
    scanner: LabelReader | None
    plate: ShopDescriptionLoader

    def start(self) -> None:
        self.shell.start()
        self.plate.start()
        self.stream.start()
        if self.cards is not None:
            self.cards.start(self.shell.post_card)
        if self.scanner is not None:
            self.scanner.start(self.shell.post_label)

    def close(self) -> None:
        """Take everything down in the order in which it leans on each other; called after the screen has ended."""
        for reader in (self.cards, self.scanner):
            if reader is not None:
                reader.close()
        self.plate.close()
        self.stream.close()
        self.shell.close()
        self.errands.close()
        self.client.close()


def read_token(file: Path | None) -> str:
    """What the store gave out when the mirror was paired; empty where there is none."""
    return file.read_text("ascii").strip() if file is not None and file.exists() else ""


def build_mirror(
    config: MirrorConfig,
    make_screen: ScreenFactory,
    *,
    watch: StepObserver | None = None,
    patience: MirrorSettings | None = None,
) -> Mirror:
    """Put a mirror together, the glass first: what it needs besides is loaded behind a picture that stands already.

    Nothing moves before `start`; a store that is away is waited for on a working glass.
    """
    mailbox: list[Shell] = []
    shelf: list[StoreClient] = []

    def post(event: Event) -> None:
        mailbox[0].post(event)

    def picture(path: str, height: int) -> bytes | None:
        return shelf[0].picture(path, height)

    screen = make_screen(post, picture)
    from hardware.drivers.card_reader import open_card_reader
    from hardware.drivers.label_reader import open_label_reader
    from kiosk.mirror.card_session import LastTapReader
    from kiosk.mirror.effect_runner import EffectRunner
    from kiosk.mirror.event_stream import StoreEventStream
    from kiosk.mirror.shell import Shell
    from kiosk.mirror.shop_description import ShopDescriptionLoader
    from kiosk.mirror.store_client import StoreClient

    client = StoreClient(config.store, str(config.room), read_token(config.token_file))
    shelf.append(client)
    polite = patience or MirrorSettings()
    polite = replace(polite, language=config.screen.language or polite.language)
    visit = Visit(RoomId(str(config.room)), secrets.token_hex(4), settings=polite, language=polite.language)
    cards = LastTapReader(open_card_reader(config.cards, "mirror")) if config.cards else None
    scanner = open_label_reader(config.scanner, "scanner") if config.scanner else None
    errands = EffectRunner(client, post, now_us, cards.session_for if cards else None)
    shell = Shell(visit, now_us=now_us, show=screen.show, wipe=screen.wipe, carry=errands.run, watch=watch)
    mailbox.append(shell)
    plate = ShopDescriptionLoader(client, post, now_us, config.screen.language)
    return Mirror(
        screen, shell, client, errands, StoreEventStream(client, shell.post_news), cards, scanner, plate
    )


def window_factory(config: MirrorConfig, *, windowed: bool, no_motion: bool = False) -> ScreenFactory:
    """A real glass as the configuration hangs it. Qt is loaded here and not before."""

    def make(send: Callable[[Touch], None], fetch: Callable[[str, int], bytes | None]) -> Screen:
        from kiosk.screen.settings import PageArea, ReaderSide, ScreenSettings
        from kiosk.screen.window import MirrorWindow

        hung = config.screen
        settings = ScreenSettings(
            page_area=PageArea(hung.band),
            reader_side=ReaderSide(hung.reader_side),
            reduced_motion=hung.reduced_motion,
            drift=not no_motion,
            no_motion=no_motion,
            scale=hung.scale or 1.0,
            rotation=hung.rotation,
        )
        return MirrorWindow(
            send=send,
            fetch_picture=fetch,
            now_us=now_us,
            size=(hung.width, hung.height),
            windowed=windowed,
            settings=settings,
        )

    return make


def run_mirror(config: MirrorConfig) -> int:
    """`cheval mirror`: a glass until its window is closed or the process is told to end."""
    # Blocked in every thread that follows: while Qt's loop runs, Python would not come round to a handler.
    ending = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ending)
    mirror = build_mirror(config, window_factory(config, windowed=not config.screen.full_screen))

    def wait_for_the_end() -> None:
        signal.sigwait(ending)
        mirror.screen.quit()

    threading.Thread(target=wait_for_the_end, name="told-to-end", daemon=True).start()
    mirror.start()
    try:
        return mirror.screen.run()
    finally:
        mirror.close()
