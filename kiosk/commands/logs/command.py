"""`cheval logs bundle | show`: makes the file and lists it, or prints a part of it. Nothing is sent."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk import paths
from kiosk.commands.logs import sources
from kiosk.commands.logs.bundle_file import Part, for_screen, read_bundle, write_bundle
from kiosk.commands.logs.scrubbing import Scrubber

DONE, INCOMPLETE, WRONG_USE = 0, 1, 2


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        return _bundle(args) if args.what == "bundle" else _show(args)
    except FileExistsError:
        print(f"cheval logs: {args.file} exists; name a new file", file=sys.stderr)
    except OSError as error:
        print(f"cheval logs: {error.filename or args.file}: {error.strerror}", file=sys.stderr)
    except ValueError as error:
        print(f"cheval logs: {args.file}: {error}", file=sys.stderr)
    return WRONG_USE


def _bundle(args: argparse.Namespace) -> int:
    if args.file.exists():
        raise FileExistsError(args.file)
    store = args.store or paths.config_file("store")
    mirror = args.mirror or paths.config_file("mirror")
    scrubber, unknown = _scrubber(store)
    parts = [sources.versions(), *_collected(args, store, mirror, scrubber)]
    compared = unknown or ("" if store is not None else "there is no store on this computer")
    parts.append(Part("scrubbed.txt", _scrubbed(scrubber, compared)))
    there = [part for part in parts if not part.missing]
    write_bundle(args.file, there)
    _list(there)
    for part in parts:
        if part.missing:
            print(f"missing  {part.name}: {part.missing}")
    if unknown:
        print(f"missing  names: {unknown}")
    print(f"\nNothing was sent. Look at it: cheval logs show {args.file} PART. Then give it away yourself.")
    return INCOMPLETE if unknown or any(part.missing for part in parts) else DONE


def _collected(
    args: argparse.Namespace, store: Path | None, mirror: Path | None, scrubber: Scrubber
) -> Iterator[Part]:
    stand = paths.config_file("stand")
    for name, file in (("store.yaml", store), ("mirror.yaml", mirror), ("stand.yaml", stand)):
        if file is not None:
            yield sources.configuration(name, file, scrubber)
    yield sources.doctor(store, mirror, stand, scrubber)
    if store is not None:
        from kiosk.commands.logs.store_parts import running_health

        yield sources.health(running_health(store), scrubber)
    yield from sources.journal(args.hours, scrubber)
    for file in args.log:
        yield sources.log_file(file, scrubber)


def _scrubber(store: Path | None) -> tuple[Scrubber, str]:
    """With the names of the store on this machine; why they are not known, if they are not."""
    if store is None:
        return Scrubber(), ""
    from kiosk.commands.logs.store_parts import people

    found = people(store)
    return (Scrubber(), found) if isinstance(found, str) else (Scrubber.knowing(*found), "")


def _scrubbed(scrubber: Scrubber, unknown: str) -> str:
    lines = [f"{count} x [{kind}]" for kind, count in sorted(scrubber.taken.items())]
    lines.append(
        "Names were not compared: " + unknown if unknown else "Names were compared with the database's."
    )
    return "\n".join(lines) + "\n"


def _list(parts: Sequence[Part]) -> None:
    for part in parts:
        print(
            f"{part.text.count(chr(10)):>7} lines {len(part.text.encode()):>10} bytes  {for_screen(part.name)}"
        )


def _show(args: argparse.Namespace) -> int:
    parts = read_bundle(args.file)
    if args.part is None:
        _list(parts)
        return DONE
    for part in parts:
        if part.name == args.part:
            sys.stdout.write(for_screen(part.text))
            return DONE
    print(
        f"cheval logs: there is no part of that name; known: {for_screen(', '.join(p.name for p in parts))}",
        file=sys.stderr,
    )
    return WRONG_USE
