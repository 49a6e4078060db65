"""Puts a mirror together: visit, shell, store client, readers and screen. Used by `cheval mirror` and by the demo."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hardware.clock import now_us
from hardware.ports import CardReader, LabelReader
from hardware.threads.supervised import Loop
from kiosk import paths
from kiosk.config import MirrorConfig
from kiosk.config.mirror import Times
from kiosk.core.domain.ids import RoomId
from kiosk.core.domain.status.mirror_status import ShownFrame
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.events import Event
from kiosk.core.visit.settings import SECOND_US, MirrorSettings
from kiosk.core.visit.state import Visit
from kiosk.pairing.credentials import CREDENTIALS_FILE, Credentials, read_credentials
from kiosk.service_manager import READY, ProgressReport, ServiceManager

_LOG = logging.getLogger(__name__)

if TYPE_CHECKING:
    from kiosk.mirror.credential_watch import CredentialWatch
    from kiosk.mirror.device_states import DeviceWatch
    from kiosk.mirror.effect_runner import EffectRunner
    from kiosk.mirror.event_stream import StoreEventStream
    from kiosk.mirror.shell import Shell, StepObserver
    from kiosk.mirror.shop_description import ShopDescriptionLoader
    from kiosk.mirror.status_reporter import StatusReporter
    from kiosk.mirror.store_client import StoreClient


class MirrorScreen(Protocol):
    """What a mirror needs of its screen. `show` and `wipe` are called from the visit's thread, `shown` from another."""

    def show(self, scene: Scene) -> None:
        """Show a scene."""

    def wipe(self) -> None:
        """Delete everything that is cached of the last visit."""

    def shown(self) -> ShownFrame:
        """The last frame that was presented."""

    def run(self) -> int:
        """Run the event loop until the window is closed; the exit code."""

    def quit(self) -> None:
        """End `run`; from any thread."""


FetchPicture = Callable[[str, int], bytes | None]
"""Picture by path and height in pixels; None where there is none."""
ScreenFactory = Callable[[Callable[[Event], None], FetchPicture], MirrorScreen]
"""Makes the screen: from a function that takes its touches and what it has presented, and one that fetches pictures."""


@dataclass(slots=True)
class Mirror:
    """The parts of a mirror. `start`, then run the screen, then `close`."""

    screen: MirrorScreen
    shell: Shell
    client: StoreClient
    effects: EffectRunner
    stream: StoreEventStream
    cards: CardReader | None
    scanner: LabelReader | None
    shop_description: ShopDescriptionLoader
    credentials: CredentialWatch
    card_state: DeviceWatch
    scanner_state: DeviceWatch
    status: StatusReporter

    def start(self) -> None:
        """Start all threads and readers. A store that cannot be reached is waited for."""
        self.shell.start()
        self.shop_description.start()
        self.stream.start()
        self.credentials.start()
        if self.cards is not None:
            self.cards.start(self.card_state.noting(self.shell.post_card))
        if self.scanner is not None:
            self.scanner.start(self.scanner_state.noting(self.shell.post_label))
        self.status.start()

    def close(self) -> None:
        """Stop everything, each part before the parts that it uses. Call it after the screen has ended."""
        for reader in (self.cards, self.scanner):
            if reader is not None:
                reader.close()
        self.status.close()
        self.credentials.close()
        self.shop_description.close()
        self.stream.close()
        self.shell.close()
        self.effects.close()
        self.client.close()


def credentials_file(config: MirrorConfig, part: str = "mirror") -> Path:
    """Where this mirror (or `stand`) keeps its token and the shop's root."""
    return config.token_file or paths.state_place(part, config.state) / CREDENTIALS_FILE


def _usable_credentials(file: Path) -> Credentials:
    try:
        return read_credentials(file)
    except (OSError, ValueError) as error:
        _LOG.error("the token file %s cannot be read (%s); the store refuses this mirror", file, error)
        return Credentials()


def store_client(config: MirrorConfig, credentials: Path | None = None) -> StoreClient:
    """The client of the configured store, with the credentials of the pairing (default: those of a mirror)."""
    from kiosk.mirror.store_client import StoreClient

    found = _usable_credentials(credentials or credentials_file(config))
    try:
        return StoreClient(config.store, str(config.room), found.token, found.root)
    except ValueError as error:
        _LOG.error("the shop's root of this mirror %s; pair it again: `cheval pair ROOM` at the store", error)
        # the token is not shown to a store that cannot prove itself
        return StoreClient(config.store, str(config.room), "")


def _settings_of(times: Times) -> MirrorSettings:
    return MirrorSettings(
        abandoned_us=times.untouched_s * SECOND_US,
        empty_us=times.empty_s * SECOND_US,
        paid_us=times.paid_s * SECOND_US,
        still_there_us=times.question_s * SECOND_US,
    )


def build_mirror(
    config: MirrorConfig,
    make_screen: ScreenFactory,
    *,
    observe: StepObserver | None = None,
    settings: MirrorSettings | None = None,
) -> Mirror:
    """Build a mirror from its configuration; nothing runs before `Mirror.start`.

    The screen is built first and shows its first frame while the other modules are still being imported.
    """
    parts: list[tuple[Shell, StoreClient]] = []

    def post(event: Event) -> None:
        parts[0][0].post(event)

    def picture(path: str, height: int) -> bytes | None:
        return parts[0][1].picture(path, height)

    screen = make_screen(post, picture)
    from hardware.drivers.card_reader import open_card_reader
    from hardware.drivers.label_reader import open_label_reader
    from kiosk.mirror.card_session import LastTapReader
    from kiosk.mirror.credential_watch import CredentialWatch
    from kiosk.mirror.device_states import DeviceWatch
    from kiosk.mirror.effect_runner import EffectRunner
    from kiosk.mirror.event_stream import StoreEventStream
    from kiosk.mirror.shell import Shell
    from kiosk.mirror.shop_description import ShopDescriptionLoader
    from kiosk.mirror.status_reporter import StatusReporter
    from kiosk.mirror.touch_pairing import touch_pairing

    client = store_client(config)
    settings = settings or _settings_of(config.times)
    settings = replace(settings, language=config.screen.language or settings.language)
    room = RoomId(str(config.room))
    visit = Visit(room, secrets.token_hex(4), settings=settings, language=settings.language)
    cards = LastTapReader(open_card_reader(config.cards, "mirror")) if config.cards else None
    scanner = open_label_reader(config.scanner, "scanner", client.articles_sold) if config.scanner else None
    pairing = touch_pairing(config.store, str(config.room), credentials_file(config), client)
    effects = EffectRunner(client, post, now_us, cards.session_for if cards else None, pairing)

    def wipe() -> None:
        screen.wipe()
        stream.renew()

    shell = Shell(visit, now_us=now_us, show=screen.show, wipe=wipe, run=effects.run, observe=observe)
    stream = StoreEventStream(client, shell.post_message, shell.present)
    parts.append((shell, client))
    card_state, scanner_state = (
        DeviceWatch(configured=cards is not None),
        DeviceWatch(configured=scanner is not None),
    )
    return Mirror(
        screen=screen,
        shell=shell,
        client=client,
        effects=effects,
        stream=stream,
        cards=cards,
        scanner=scanner,
        shop_description=ShopDescriptionLoader(client, post, now_us, config.screen.language),
        credentials=CredentialWatch(credentials_file(config), client),
        card_state=card_state,
        scanner_state=scanner_state,
        status=StatusReporter(
            client, screen.shown, card_state, scanner_state, paths.state_place("mirror", config.state)
        ),
    )


def window_factory(
    config: MirrorConfig, *, windowed: bool, no_motion: bool = False, service: ServiceManager | None = None
) -> ScreenFactory:
    """Makes the real window with the configuration's screen settings. Qt is imported when it is called.

    `service` learns of the first frame (ready) and of each following one, as often as its watchdog wants it.
    """
    manager = service or ServiceManager()

    def make(send: Callable[[Event], None], fetch: FetchPicture) -> MirrorScreen:
        from kiosk.screen.settings import PageArea, ReaderSide, ScreenSettings
        from kiosk.screen.window import MirrorWindow

        screen = config.screen
        settings = ScreenSettings(
            page_area=PageArea(screen.band),
            reader_side=ReaderSide(screen.reader_side),
            reduced_motion=screen.reduced_motion,
            drift=not no_motion,
            no_motion=no_motion,
            scale=screen.scale or 1.0,
            rotation=screen.rotation,
        )
        window = MirrorWindow(
            send=send,
            fetch_picture=fetch,
            now_us=now_us,
            size=(screen.width, screen.height),
            windowed=windowed,
            settings=settings,
            on_first_frame=lambda: manager.notify(READY),
        )
        if manager.report_every_s:
            report = ProgressReport(manager, window.progress)
            Loop("frame-report", report.look, manager.report_every_s).start()
        return window

    return make
