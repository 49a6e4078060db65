"""`cheval pair`: shows a code for a mirror or a device of associates, lists devices, and revokes them.

Works on the files of the store's state folder, which a running store reads at once; so it needs no running store.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import segno

from kiosk import paths
from kiosk.clock import US, now_us
from kiosk.commands.configuration import store_config
from kiosk.config import StoreConfig
from kiosk.pairing.credentials import Credentials, as_text
from kiosk.pairing.exchange import shown
from kiosk.store.api.administration.pairing_links import PairingLinks
from kiosk.store.errors import StoreError
from kiosk.store.privacy.ended_rights import EndedRights
from kiosk.store.settings import TlsSettings, settings_of
from kiosk.store.staff.devices import (
    DeviceTokens,
    migrate_tokens,
    owned_like,
    pair_mirror,
    require_owner,
    revoke,
)
from kiosk.store.staff.pairing_codes import ASSOCIATES, MAX_TRIES, VALID_US, PairingCodes, target_of
from kiosk.store.tls.serving import wanted_names
from kiosk.store.tls.shop_root import FOLDER, shop_root


def run(args: argparse.Namespace) -> int:
    """Run the command. Exit codes: 0 done, 1 failed."""
    _, config = store_config(args.config)
    return guarded(config, lambda state: _run(args, config, state))


def credentials_of(config: StoreConfig, room: str) -> int:
    """Prints the credentials of a room's mirror, for the file that it reads; exit code 0, or 1 if it failed."""

    def made(state: Path) -> int:
        if not _known_room(config, room):
            return 1
        print(
            as_text(
                Credentials(
                    pair_mirror(state, room, ended=EndedRights(state, now_us).device),
                    _root(config, state),
                    room,
                )
            )
        )
        return 0

    return guarded(config, made)


def guarded(config: StoreConfig, work: Callable[[Path], int]) -> int:
    """Runs `work` with the state folder; errors of files are printed."""
    try:
        state = paths.state("store", config.state)
        require_owner(state)
        migrate_tokens(state)
        return work(state)
    except StoreError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        place = error.filename or paths.state_place("store", config.state)
        print(f"{place}: {error.strerror}; run this as the store's user, or change `state`", file=sys.stderr)
    return 1


def _run(args: argparse.Namespace, config: StoreConfig, state: Path) -> int:
    if args.list:
        return _list(state, as_json=args.json)
    if args.revoke is not None:
        return _revoke(state, args.revoke)
    if args.device is not None:
        return _show(config, state, None, args.device, as_json=args.json)
    if args.room is None:
        print("name a room, or use --device NAME, --list or --revoke ID", file=sys.stderr)
        return 1
    return _show(config, state, args.room, "", as_json=args.json) if _known_room(config, args.room) else 1


def _show(config: StoreConfig, state: Path, room: str | None, name: str, *, as_json: bool) -> int:
    target = ASSOCIATES if room is None else target_of(room)
    opened = PairingCodes(state).begin(target, now_us(), name)
    listen = config.listen
    host = next(iter(wanted_names(listen.host, settings_of(config, state).tls or TlsSettings())), listen.host)
    link = PairingLinks(_root(config, state)).link(listen.scheme, f"{host}:{listen.port}", room, opened.code)
    if as_json:
        print(json.dumps({"code": opened.code, "until_us": opened.begun_us + VALID_US, "link": link}))
        return 0
    print(
        f"code: {shown(opened.code)}   (valid for {VALID_US // US} s, {MAX_TRIES} tries of each address, one device)"
    )
    if room is None:
        print(f"open on the device, and enter the code: {link.partition('#')[0]}")
    elif room in config.stands:
        print(f"on the computer of stand {room}: cheval stand --pair '{opened.code}'")
    else:
        print(f"on the mirror of room {room}: cheval mirror --pair '{opened.code}'")
    segno.make(link, micro=False).terminal(compact=True)
    return 0


def _list(state: Path, *, as_json: bool) -> int:
    devices = DeviceTokens(state).all()
    if as_json:
        rows = [
            {
                "device_id": d.device_id,
                "kind": d.kind.value,
                "room": d.room,
                "name": d.name,
                "paired_us": d.paired_us,
            }
            for d in devices
        ]
        print(json.dumps(rows))
        return 0
    for device in devices:
        at = datetime.fromtimestamp(device.paired_us / US, UTC)
        print(
            f"{device.device_id:24} {device.kind.value:12} {device.room or device.name:24} {at:%Y-%m-%d %H:%M} UTC"
        )
    if not devices:
        print("no device is paired", file=sys.stderr)
    return 0


def _revoke(state: Path, device_id: str) -> int:
    if not revoke(state, device_id, EndedRights(state, now_us).device):
        print(f"no device {device_id!r}; see `cheval pair --list`", file=sys.stderr)
        return 1
    print(f"{device_id} is revoked; what it has open ends within seconds")
    return 0


def _known_room(config: StoreConfig, room: str) -> bool:
    if room in config.rooms or room in config.stands:
        return True
    print(
        f"no room {room!r}; configured: {', '.join((*config.rooms, *config.stands)) or 'none'}",
        file=sys.stderr,
    )
    return False


def _root(config: StoreConfig, state: Path) -> str:
    """The shop's root (PEM), made if the store has not started yet; empty without TLS."""
    tls = settings_of(config, state).tls
    if tls is None:
        return ""
    root = shop_root(state, wanted_names(config.listen.host, tls))
    owned_like(state, state / FOLDER, *(state / FOLDER).iterdir())
    return root.pem
