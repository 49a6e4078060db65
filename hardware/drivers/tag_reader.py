"""Opens the tag reader of a URI from the configuration; each driver is imported only when it is used.

llrp://HOST[:5084][?antennas=1,2&session=1&power_dbm=24&report_every=1&version=1.1]
llrps://HOST[:5085][?ca=FILE&...]      the same over TLS; the certificate is checked
impinj+https://[USER:PASSWORD@]HOST[:443][?ca=FILE&preset=default&password_file=FILE]
pcsc://[PART-OF-ITS-NAME]              a card reader that reads garments with NFC tags
sim://HOST:PORT[/PAD]                  a simulated card reader, likewise
serial:///dev/..., keyboard:///dev/... a label scanner; each scan is one read
replay://FILE[?speed=2&loop=yes]       reads recorded by `cheval listen`
sim://NAME[?tags=EPC@1,EPC@2&seed=7]   simulated tags in the same process (EPC@ANTENNA)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from hardware.errors import UriError
from hardware.ports import TagReader

if TYPE_CHECKING:
    from hardware.llrp.settings import LlrpSettings

_Options = dict[str, str]
LLRP_PORT: Final = 5084
LLRPS_PORT: Final = 5085
HTTPS_PORT: Final = 443
Number = TypeVar("Number", int, float)


def open_tag_reader(uri: str, name: str) -> TagReader:
    """The reader of this URI, not yet started. Raises UriError, or MissingDriverError for a missing library."""
    try:
        parts = urlsplit(uri)
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise UriError(f"{without_password(uri)!r} is not a URI: {error}") from error
    driver = DRIVERS.get(parts.scheme)
    if driver is None:
        known = ", ".join(f"{scheme}://" for scheme in DRIVERS)
        raise UriError(f"no driver for {parts.scheme or without_password(uri)!r}; there are {known}")
    reader = driver(parts, options, name)
    if options:
        reader.close()
        raise UriError(f"{parts.scheme}:// has no option {', '.join(sorted(options))}")
    return reader


def _llrp(parts: SplitResult, options: _Options, name: str) -> TagReader:
    from hardware.llrp.reader import LlrpReader

    return LlrpReader(name, *host_and_port(parts, LLRP_PORT), _llrp_settings(options))


def _llrps(parts: SplitResult, options: _Options, name: str) -> TagReader:
    from hardware.connection import client_tls_context
    from hardware.llrp.reader import LlrpReader

    tls = client_tls_context(options.pop("ca", None))
    return LlrpReader(name, *host_and_port(parts, LLRPS_PORT), _llrp_settings(options), tls)


def _llrp_settings(options: _Options) -> LlrpSettings:
    from hardware.llrp.settings import LlrpSettings

    return LlrpSettings(
        antennas=_whole_numbers(options.pop("antennas", ""), "antennas"),
        session=_optional(options, "session", int, 0, 3),
        power_dbm=_optional(options, "power_dbm", float, 0, 40),
        report_every=_optional(options, "report_every", int, 1, 65535) or 1,
        version=_llrp_version(options.pop("version", "1.0.1")),
    )


def _llrp_version(text: str) -> int:
    """The version number in every message (LLRP 1.1, clause 16.1.1)."""
    numbers = {"1.0.1": 1, "1.1": 2}
    if text not in numbers:
        raise UriError(f"version={text} is none of {', '.join(numbers)}")
    return numbers[text]


def _impinj(parts: SplitResult, options: _Options, name: str) -> TagReader:
    from hardware.connection import client_tls_context
    from hardware.impinj.reader import ImpinjReader, ImpinjSettings

    password = unquote(parts.password or "")
    if "password_file" in options:
        password = _first_line(options.pop("password_file"))
    settings = ImpinjSettings(
        user=unquote(parts.username or "root"), password=password, preset=options.pop("preset", "default")
    )
    tls = client_tls_context(options.pop("ca", None))
    return ImpinjReader(name, *host_and_port(parts, HTTPS_PORT), tls, settings)


def _replay(parts: SplitResult, options: _Options, name: str) -> TagReader:
    from hardware.replay.reader import ReplayReader

    path = unquote(parts.netloc + parts.path)
    if not path:
        raise UriError("replay:// needs a file")
    speed = _optional(options, "speed", float, 0.01, 1000) or 1.0
    return ReplayReader(name, path, speed=speed, loop=options.pop("loop", "no") == "yes")


def _pad(parts: SplitResult, options: _Options, name: str) -> TagReader:  # noqa: ARG001 card readers have none
    from hardware.drivers.card_reader import open_card_reader
    from hardware.nfc_tag_reader import NfcTagReader

    return NfcTagReader(name, open_card_reader(parts.geturl(), name))


def _scanner(parts: SplitResult, options: _Options, name: str) -> TagReader:
    from hardware.drivers.label_reader import open_label_reader
    from hardware.labels.scanner_tag_reader import ScannerTagReader

    options.clear()  # read by open_label_reader
    return ScannerTagReader(open_label_reader(parts.geturl(), name))


def _sim(parts: SplitResult, options: _Options, name: str) -> TagReader:
    if is_pad(parts.geturl()):
        return _pad(parts, options, name)
    from hardware.sim.radio.field import Tag, TagField
    from hardware.sim.radio.field_reader import TagFieldReader

    field = TagField(_optional(options, "seed", int, 0, 1 << 31) or 0)
    for entry in filter(None, options.pop("tags", "").split(",")):
        epc, _, antenna = entry.partition("@")
        field.place(Tag(epc.upper(), _number(antenna or "1", "tags", int, 1, 65535)), 0.0)
    return TagFieldReader(name, field)


DRIVERS: Final[dict[str, Callable[[SplitResult, _Options, str], TagReader]]] = {
    "llrp": _llrp,
    "llrps": _llrps,
    "impinj+https": _impinj,
    "pcsc": _pad,
    "serial": _scanner,
    "keyboard": _scanner,
    "replay": _replay,
    "sim": _sim,
}


def is_pad(uri: str) -> bool:
    """Whether this is a card reader, which reads only a tag that is placed on it."""
    parts = urlsplit(uri)
    return parts.scheme == "pcsc" or (
        parts.scheme == "sim" and parts.netloc.rpartition(":")[2].isdecimal() and ":" in parts.netloc
    )


def is_scanner(uri: str) -> bool:
    """Whether this is a label scanner: pieces are scanned one by one, so missing reads say nothing about them."""
    return urlsplit(uri).scheme in ("serial", "keyboard")


def without_password(uri: str) -> str:
    """The URI without user and password, for messages."""
    return re.sub(r"//[^/]*@", "//", uri)


def host_and_port(parts: SplitResult, default: int) -> tuple[str, int]:
    """The host and port of a URI. Raises UriError for a missing host or an invalid port."""
    try:
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UriError(f"{without_password(parts.geturl())!r}: {error}") from error
    if not host:
        raise UriError(f"{parts.scheme}:// needs a host")
    return host, default if port is None else port


def _first_line(path: str) -> str:
    """The first line of a file that holds a secret. Raises UriError, without the content."""
    try:
        return Path(path).read_text("utf-8").partition("\n")[0]
    except (OSError, UnicodeDecodeError) as error:
        raise UriError(f"password_file={path} cannot be read: {type(error).__name__}") from error


def _whole_numbers(text: str, option: str) -> tuple[int, ...]:
    return tuple(_number(part, option, int, 1, 65535) for part in text.split(",") if part)


def _optional(
    options: _Options, key: str, kind: Callable[[str], Number], least: float, most: float
) -> Number | None:
    text = options.pop(key, None)
    return None if text is None else _number(text, key, kind, least, most)


def _number(text: str, option: str, kind: Callable[[str], Number], least: float, most: float) -> Number:
    try:
        value = kind(text)
    except ValueError:
        raise UriError(f"{option}={text} is not a number") from None
    if not least <= value <= most:
        raise UriError(f"{option}={text} is not between {least} and {most}")
    return value
