"""`cheval demo`: prepares the shop, starts everything, and either opens the mirror or plays a written visit."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kiosk import log, paths
from kiosk import mirror_app as app
from kiosk.clock import now_us
from kiosk.config import MirrorConfig, parse_mirror, tree
from kiosk.core.visit.state import MirrorSettings
from kiosk.demo.backroom import MIRROR_ROOM, ROOMS, Backroom
from kiosk.demo.control import ControlError
from kiosk.demo.player import Cast, Player, PlayError
from kiosk.demo.processes import ChildError
from kiosk.demo.script import ScriptError, WrittenVisit, parse
from kiosk.demo.shop import PrepareError, prepared
from kiosk.demo.transcript import Transcript


def run(args: argparse.Namespace) -> int:
    """The command; returns its exit code: 0 only if all went as written."""
    log.set_up("WARNING")
    try:
        return _run(args)
    except (PrepareError, ChildError, ScriptError, ControlError) as trouble:
        print(f"demo: {trouble}", file=sys.stderr)
        return 1


def _run(args: argparse.Namespace) -> int:
    if args.visit == "list":
        for file in sorted(_visits().glob("*.yaml")):
            print(f"{file.stem:12s} {_read(file).says}")
        return 0
    shop = prepared(_say)
    if args.prepare:
        return 0
    headless = args.headless or not _has_display()
    written = _written(args.visit) if headless else None
    if headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with Backroom(shop, port=0 if headless else 8075) as backroom:
        config = _mirror_config(backroom, args, written)
        if written is not None:
            return _play(backroom, config, written, args)
        return _open(backroom, config)


def _say(words: str) -> None:
    print(words, flush=True)


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _visits() -> Path:
    return paths.assets() / "demo" / "visits"


def _written(name: str) -> WrittenVisit:
    file = Path(name) if name.endswith(".yaml") else _visits() / f"{name}.yaml"
    if not file.exists():
        known = ", ".join(sorted(f.stem for f in _visits().glob("*.yaml")))
        raise ScriptError(f"there is no written visit {name!r}; there are {known}")
    return _read(file)


def _read(file: Path) -> WrittenVisit:
    read = tree.read(file.read_text("utf-8"))
    if read.mistakes:
        raise ScriptError("\n".join(f"{file.name}: {mistake}" for mistake in read.mistakes))
    return parse(read.value)


def _mirror_config(
    backroom: Backroom, args: argparse.Namespace, written: WrittenVisit | None
) -> MirrorConfig:
    width, _, height = args.size.partition("x")
    settings = backroom.mirror_settings()
    settings["screen"] = {"width": int(width), "height": int(height)}
    language = args.language or (written.language if written else None)
    if language:
        settings["screen"]["language"] = language
    return parse_mirror(json.dumps(settings), "the demo's mirror")


def _open(backroom: Backroom, config: MirrorConfig) -> int:
    """A window on the glass, and the two pages, until the window is closed."""
    from kiosk.demo.backstage.server import Backstage

    with closing(Backstage(backroom)) as backstage:
        backstage.start()
        _say(f"associates' page  {backroom.url}/associate   (sign in as Inès, PIN 2741)")
        _say(f"backstage page    {backstage.url}   (carry garments, tap cards, pay, pull the cable)")
        _say("close the mirror's window to end")
        mirror = app.build_mirror(config, app.window_factory(config, windowed=True))
        mirror.start()
        try:
            return mirror.screen.run()
        finally:
            mirror.close()


def _play(backroom: Backroom, config: MirrorConfig, written: WrittenVisit, args: argparse.Namespace) -> int:
    """A written visit on a glass that nobody sees; 0 only if it ended as written."""
    from kiosk.screen.touch_driver import TouchDriver
    from kiosk.screen.window import MirrorWindow

    if args.shots is not None:
        args.shots.mkdir(parents=True, exist_ok=True)
    transcript = Transcript(args.transcript, now_us)
    mirror = app.build_mirror(
        config,
        app.window_factory(config, windowed=True, still=True),
        watch=transcript.watch,
        patience=_patience(args),
    )
    assert isinstance(mirror.screen, MirrorWindow)
    outcome: list[str] = []
    player = Player(
        visit=written,
        cast=_cast(backroom, written),
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
        except (PlayError, ControlError, OSError) as trouble:
            outcome.append(str(trouble))
        finally:
            mirror.screen.quit()

    _say(f"playing {args.visit}: {written.says}")
    performing = threading.Thread(target=perform, name="player")
    mirror.start()
    performing.start()
    mirror.screen.run()
    performing.join()
    mirror.close()
    player.cast.associate.close()
    transcript.write(
        ended="as written" if outcome == [""] else "otherwise", why=outcome[0] if outcome else ""
    )
    transcript.close()
    if outcome != [""]:
        print(f"demo: not as written: {outcome[0] if outcome else 'the window was closed'}", file=sys.stderr)
        return 1
    _say(f"ended as written, {player.taken} scenes")
    return 0


def _patience(args: argparse.Namespace) -> MirrorSettings:
    """The manners of a mirror whose shopper is `speed` times as quick."""
    usual = MirrorSettings()
    return replace(
        usual,
        empty_us=int(usual.empty_us / args.speed),
        thanks_us=int(usual.thanks_us / args.speed),
        away_us=int(usual.away_us / args.speed),
    )


def _cast(backroom: Backroom, written: WrittenVisit) -> Cast:
    try:
        gtins = {name: backroom.gtin(piece) for name, piece in written.pieces.items()}
    except KeyError as missing:
        raise ScriptError(f"the house makes no {missing}") from None
    serials = itertools.count(1000)

    def tag(gtin: str) -> str:
        return backroom.tag(gtin, next(serials))

    return Cast(
        epcs={name: tag(gtin) for name, gtin in gtins.items()},
        tag=tag,
        cards=written.cards,
        antenna=list(ROOMS).index(MIRROR_ROOM) + 1,
        carrier=backroom.carrier,
        card_hand=backroom.card_hand,
        scanning=backroom.scanning,
        payer=backroom.payer,
        associate=backroom.associate(),
    )
