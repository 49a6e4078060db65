"""`cheval demo`: prepares the shop, starts all processes, and opens the mirror or runs a scripted visit."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from kiosk import log, paths
from kiosk import mirror_app as app
from kiosk.clock import now_us
from kiosk.config import ConfigError, MirrorConfig, Mistake, parse_mirror, tree
from kiosk.core.visit.settings import MirrorSettings
from kiosk.demo.control_client import ControlError
from kiosk.demo.environment import MIRROR_ROOM, ROOMS, DemoEnvironment
from kiosk.demo.processes import ChildError
from kiosk.demo.script import ScriptError, VisitScript, parse
from kiosk.demo.script_runner import ScriptContext, ScriptFailedError, ScriptRunner
from kiosk.demo.shop import PrepareError, prepared
from kiosk.demo.transcript import Transcript

PORT: Final = 8075
"""Of the store of a demo with a window; a scripted visit takes a free one."""


class OptionError(Exception):
    """An option of the command cannot be used; the text names it."""


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 passed, 1 failed, 2 an option cannot be used."""
    log.set_up("WARNING")
    try:
        return _run(args)
    except OptionError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 2
    except (PrepareError, ChildError, ScriptError, ControlError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1


def _run(args: argparse.Namespace) -> int:
    if args.visit == "list":
        for file in sorted(_visits().glob("*.yaml")):
            print(f"{file.stem:12s} {_read(file).says}")
        return 0
    if args.prepare:
        prepared(_say)
        return 0
    headless = args.headless or not _has_display()
    # the options are checked before the shop is prepared, which takes a while
    written = _written(args.visit) if headless else None
    screen = _screen(args, written)
    if written is None:
        check_free(args.listen, PORT)
    else:
        _make_output(args)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    shop = prepared(_say)
    with DemoEnvironment(shop, port=0 if headless else PORT, host=args.listen) as environment:
        config = parse_mirror(json.dumps({**environment.mirror_settings(), "screen": screen}))
        if written is not None:
            return _play(environment, config, written, args)
        return _open(environment, config, args)


def check_free(address: str, port: int) -> None:
    """Raises OptionError if another program listens there, before the shop is prepared, which takes a while."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            what = f"cannot listen on {address}, port {port}: {(error.strerror or '').lower()}"
            raise OptionError(
                f"{what}; is another demo open? End it, or run this one with --headless"
            ) from None


def _say(words: str) -> None:
    print(words, flush=True)


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _visits() -> Path:
    return paths.assets() / "demo" / "visits"


def _written(name: str) -> VisitScript:
    file = Path(name) if name.endswith(".yaml") else _visits() / f"{name}.yaml"
    if not file.exists():
        known = ", ".join(sorted(f.stem for f in _visits().glob("*.yaml")))
        raise ScriptError(f"no visit {name!r}; known: {known}, or the path of a .yaml file")
    return _read(file)


def _read(file: Path) -> VisitScript:
    try:
        read = tree.read(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ScriptError(f"{file}: cannot be read: {error}") from None
    if read.mistakes:
        raise ScriptError("\n".join(f"{file.name}: {mistake}" for mistake in read.mistakes))
    return parse(read.value)


def _screen(args: argparse.Namespace, written: VisitScript | None) -> dict[str, object]:
    """The section `screen` of the mirror's configuration. Raises OptionError."""
    width, height = args.size
    screen = {"width": width, "height": height}
    language = args.language or (written.language if written else None)
    if language:
        screen["language"] = language
    try:
        parse_mirror(json.dumps({"room": MIRROR_ROOM, "screen": screen}))
    except ConfigError as error:
        raise OptionError("; ".join(map(_mistake_of_option, error.mistakes))) from None
    return screen


def _mistake_of_option(mistake: Mistake) -> str:
    key = mistake.place[-1]
    return f"--language {mistake.what}" if key == "language" else f"--size: {key} {mistake.what}"


def _make_output(args: argparse.Namespace) -> None:
    """Create the folder of the pictures and the transcript. Raises OptionError."""
    for option, file in (("--shots", args.shots), ("--transcript", args.transcript)):
        if file is None:
            continue
        try:
            (file if option == "--shots" else file.parent).mkdir(parents=True, exist_ok=True)
            if option == "--transcript":
                file.write_text("", "utf-8")
        except OSError as error:
            raise OptionError(f"{option} {file}: {error.strerror}") from None


def _open(environment: DemoEnvironment, config: MirrorConfig, args: argparse.Namespace) -> int:
    """Open the mirror's window and serve the two pages until the window is closed."""
    from kiosk.demo.backstage.server import BackstageServer

    with closing(BackstageServer(environment)) as backstage:
        backstage.start()
        _say(f"associates' page  {environment.url}/associate   (sign in as Inès, PIN 2741)")
        _say(
            f"backstage page    {backstage.url}   (carry garments, present cards, pay, disconnect the reader)"
        )
        if ip_address(args.listen).is_loopback:
            _say("QR codes open on this computer only; for a phone: --listen ADDRESS-OF-THIS-COMPUTER")
        _say("to end: close the mirror's window, or press Ctrl-C here")
        mirror = app.build_mirror(config, app.window_factory(config, windowed=True))
        mirror.start()
        try:
            with _call_at_signal(mirror.screen.quit):
                return mirror.screen.run()
        finally:
            mirror.close()


@contextmanager
def _call_at_signal(end: Callable[[], None]) -> Iterator[None]:
    """Calls `end` when the process gets SIGINT or SIGTERM.

    Python's own handlers do not run while Qt's event loop does; so a thread waits for the byte that the interpreter
    writes for each signal.
    """
    reading, writing = socket.socketpair()
    writing.settimeout(0)

    def wait() -> None:
        if reading.recv(1):
            end()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    signal.set_wakeup_fd(writing.fileno())
    threading.Thread(target=wait, name="wait-for-signal", daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        writing.close()


def _play(
    environment: DemoEnvironment, config: MirrorConfig, written: VisitScript, args: argparse.Namespace
) -> int:
    """Run a scripted visit on an offscreen window; 0 if it passed."""
    from kiosk.screen.touch_driver import TouchDriver
    from kiosk.screen.window import MirrorWindow

    transcript = Transcript(args.transcript, now_us)
    mirror = app.build_mirror(
        config,
        app.window_factory(config, windowed=True, no_motion=True),
        observe=transcript.watch,
        settings=_settings_for(args),
    )
    assert isinstance(mirror.screen, MirrorWindow)
    outcome: list[str] = []
    player = ScriptRunner(
        visit=written,
        context=_context(environment, written),
        finger=TouchDriver(mirror.screen),
        transcript=transcript,
        shots=args.shots,
        speed=args.speed,
        say=_say,
    )

    def perform() -> None:
        try:
            player.play()
            outcome.append("")
        except (ScriptFailedError, ControlError, OSError) as error:
            outcome.append(str(error))
        finally:
            mirror.screen.quit()

    _say(f"playing {args.visit}: {written.says}")
    # a daemon, since it may be waiting for a scene when the visit is interrupted
    performing = threading.Thread(target=perform, name="player", daemon=True)

    def interrupt() -> None:
        outcome.append("interrupted")
        mirror.screen.quit()

    mirror.start()
    performing.start()
    with _call_at_signal(interrupt):
        mirror.screen.run()
    performing.join(2 if outcome == ["interrupted"] else None)
    mirror.close()
    player.context.associate.close()
    transcript.write(ended="passed" if outcome == [""] else "failed", why=outcome[0] if outcome else "")
    transcript.close()
    if outcome != [""]:
        print(f"demo: failed: {outcome[0] if outcome else 'the window was closed'}", file=sys.stderr)
        return 1
    _say(f"passed: {player.taken} scenes")
    return 0


def _settings_for(args: argparse.Namespace) -> MirrorSettings:
    """Mirror settings with time limits divided by `speed`."""
    usual = MirrorSettings()
    return replace(
        usual,
        empty_us=int(usual.empty_us / args.speed),
        paid_us=int(usual.paid_us / args.speed),
        still_there_us=int(usual.still_there_us / args.speed),
        goodbye_us=int(usual.goodbye_us / args.speed),
    )


def _context(environment: DemoEnvironment, written: VisitScript) -> ScriptContext:
    try:
        gtins = {name: environment.gtin(piece) for name, piece in written.pieces.items()}
    except KeyError as missing:
        raise ScriptError(f"the demo catalogue has no {missing}") from None
    serials = itertools.count(1000)

    def tag(gtin: str) -> str:
        return environment.tag(gtin, next(serials))

    return ScriptContext(
        tags={name: tag(gtin) for name, gtin in gtins.items()},
        tag=tag,
        cards=written.cards,
        antenna=list(ROOMS).index(MIRROR_ROOM) + 1,
        carrier=environment.carrier,
        card_presenter=environment.card_presenter,
        scanning=environment.scanning,
        payer=environment.payer,
        associate=environment.associate(),
    )
