"""Parses the URI of a reader against the declaration of its driver, and names all mistakes at once.

Parsing is pure: no file is opened and no name is looked up. `hardware.drivers.uri.named_files` opens the files that a
URI names. Passwords never appear in a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, unique
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

from hardware.drivers.uri.hosts import host_mistake
from hardware.drivers.uri.options import Option, OptionValues, nearest, shown
from hardware.errors import UriError
from hardware.reader_probe import ProbeResult

Open = TypeVar("Open", bound=Callable[..., object], covariant=True)
_MAX_PORT = 65535
# the beginning of a user name and a password with a character that ends the host's part of a URI
_PASSWORD_AS_PORT = re.compile(r"[^/?@\[]*:(?![0-9]{1,5}(/|$))")
_ESCAPES = (
    "write the characters / ? # @ : and % of a password as %2F %3F %23 %40 %3A %25, or use password_file="
)


@dataclass(frozen=True, slots=True)
class Network:
    """The place of a reader on a network: HOST[:PORT].

    `default_port` None: the port must be written. `user`: a user name and a password may stand before the host.
    `path`: a path may follow (the topic of a broker, the name of a pad).
    """

    default_port: int | None
    user: bool = False
    path: bool = False


@unique
class LocalKind(Enum):
    """What the text between :// and ? is."""

    DEVICE = "device"
    """The absolute path of a device; three slashes."""
    FILE = "file"
    NAME = "name"
    """A name; may be empty if `Local.required` is False."""


@dataclass(frozen=True, slots=True)
class Local:
    """The place of a reader of this computer: one text. It may hold none of the characters in `forbidden`.

    `check` looks at the file or device as the driver does, and raises ValueError, OSError or HardwareError.
    """

    kind: LocalKind
    required: bool = True
    forbidden: str = ""
    check: Callable[[Path], object] | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A parsed URI. Network readers have `host` and `port`; `path` is the text of others, percent-decoded."""

    scheme: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    path: str = ""
    options: OptionValues = field(default_factory=OptionValues)


@dataclass(frozen=True, slots=True)
class Driver(Generic[Open]):
    """The declaration of a driver: the form of its URI, its options, and how it is opened.

    `form` is the URI without options, as help shows it. `open` makes a reader that is not yet started from the address
    and its name; it imports the driver's package. `probe` runs the driver's dialogue once, see `hardware.reader_probe`.
    """

    scheme: str
    form: str
    about: str
    place: Network | Local
    options: tuple[Option[Any], ...]
    open: Open
    probe: Callable[[Address], ProbeResult] | None = None


def without_password(uri: str) -> str:
    """The URI without user and password, for messages and logs."""
    head, mark, query = _without_login(uri).partition("?")
    return head + mark + "&".join(map(_option_without_login, query.split("&")))


def _option_without_login(part: str) -> str:
    """An option without a user and password, which may stand before a host in it although that is refused."""
    name, equals, value = part.partition("=")
    return name + equals + without_login(value)


def without_login(value: str) -> str:
    """A value without what stands before its last @, if that may be a user with a password."""
    login, at, rest = unquote(value).rpartition("@")
    return rest if at and ":" in login else value


def _without_login(uri: str) -> str:
    scheme, separator, rest = uri.partition("://")
    head, mark, query = rest.partition("?")
    if "@" in head:
        return scheme + separator + head.rpartition("@")[2] + mark + query
    if "@" in rest and (_PASSWORD_AS_PORT.match(head) or "@" in query.partition("=")[0]) and scheme != "sim":
        # a password that contains a question mark
        return scheme + separator + rest.rpartition("@")[2]
    return uri


def parse(uri: str, driver: Driver[Callable[..., object]]) -> Address:
    """The address of a URI with this driver's scheme. Raises UriError with all mistakes."""
    rest = uri.partition("://")[2]
    if re.search(r"[\x00-\x1f\x7f]", uri) or uri != uri.strip():
        raise UriError("has a line break, a tab or a blank at its end; remove it")
    if "#" in rest:
        advice = _ESCAPES if _has_user(driver.place) else "write it as %23"
        raise UriError(f"has a #, which begins a fragment; {advice}")
    if _has_user(driver.place) and _has_password_outside(rest, uri):
        raise UriError(f"user and password cannot be told from the host; {_ESCAPES}")
    parser = _Parser(driver)
    address = parser.address(*rest.partition("?")[::2])
    if parser.mistakes:
        raise UriError(*parser.mistakes)
    return address


def _has_password_outside(rest: str, uri: str) -> bool:
    """Whether an @ shows that a user or password contains a slash or a question mark."""
    netloc, _, path = rest.partition("?")[0].partition("/")
    return "@" in path or (_without_login(uri) != uri and "@" not in netloc)


def _has_user(place: Network | Local) -> bool:
    return isinstance(place, Network) and place.user


class _Parser:
    """Collects the mistakes of one URI."""

    def __init__(self, driver: Driver[Callable[..., object]]) -> None:
        self.mistakes: list[str] = []
        self._driver = driver
        self._form = f"the form is {driver.form}"

    def address(self, head: str, query: str) -> Address:
        place = self._driver.place
        found = self._network(head, place) if isinstance(place, Network) else self._local(head, place)
        return replace(found, options=self._options(query))

    def _options(self, query: str) -> OptionValues:
        known = {option.name: option for option in self._driver.options}
        values: dict[str, object] = {}
        seen: set[str] = set()
        for part in filter(None, query.split("&")):
            name, _, written = part.partition("=")
            option = known.get(name)
            if option is None:
                self.mistakes.append(self._unknown(name))
            elif name in seen:
                self.mistakes.append(f"{name}= is written twice")
            elif not written:
                self.mistakes.append(f"{name} has no value; write {name}=VALUE ({option.about})")
            else:
                self._option(option, written, values)
            seen.add(name)
        return OptionValues(values)

    def _unknown(self, name: str) -> str:
        names = [option.name for option in self._driver.options]
        if not names:
            return f"{self._driver.scheme}:// has no options, so remove {shown(name)}"
        return f"{self._driver.scheme}:// has no option {shown(name)}{nearest(name, names)}"

    def _option(self, option: Option[Any], written: str, values: dict[str, object]) -> None:
        try:
            values[option.name] = option.parse(_decoded(written))
        except ValueError as error:
            value = "" if option.secret else shown(without_login(unquote(written)))
            self.mistakes.append(f"{option.name}={value} {error}")

    def _network(self, head: str, place: Network) -> Address:
        netloc, _, path = head.partition("/")
        login, at, where = netloc.rpartition("@")
        if at and not place.user:
            self.mistakes.append(
                f"{self._driver.scheme}:// takes no user name; remove what stands before the @"
            )
        if path and not place.path:
            self.mistakes.append(f"/{shown(path)}: nothing may stand after host and port; {self._form}")
        found = re.fullmatch(r"(?:\[([^\]]*)\]|([^:\[\]]*))(?::([^:]*))?", where)
        if found is None:
            self.mistakes.append(
                f"{shown(where)!r} is not a host; write an IPv6 address in brackets, as in [2001:db8::1]:5084"
            )
            return Address(self._driver.scheme)
        port = self._port(found[3], place, may_be_password=place.user and not at)
        user, _, password = login.partition(":")
        decoded = [self._text(what) for what in (user, password, path)]
        return Address(
            self._driver.scheme, self._host(found[1], found[2]), port, decoded[0], decoded[1], decoded[2]
        )  # fmt: skip

    def _host(self, in_brackets: str | None, plain: str | None) -> str:
        host = self._text(in_brackets or plain or "")
        if not host:
            self.mistakes.append(f"{self._driver.scheme}:// needs a host; {self._form}")
        elif wrong := host_mistake(host, bracketed=in_brackets is not None):
            self.mistakes.append(wrong)
        return host

    def _port(self, written: str | None, place: Network, *, may_be_password: bool) -> int:
        if not written:
            if place.default_port is None:
                self.mistakes.append(f"{self._driver.scheme}:// needs a port; {self._form}")
            return place.default_port or 0
        if re.fullmatch(r"[0-9]{1,5}", written, re.ASCII) and 1 <= int(written) <= _MAX_PORT:
            return int(written)
        # perhaps a part of a password: not shown
        what = "the port" if may_be_password else f"port {shown(written)}"
        advice = f"; if it is a part of a password: {_ESCAPES}" if may_be_password else ""
        self.mistakes.append(f"{what} is not a number from 1 to {_MAX_PORT}{advice}")
        return 0

    def _local(self, head: str, place: Local) -> Address:
        path = self._text(head)
        if place.required and not path.strip("/"):
            self.mistakes.append(f"{self._driver.scheme}:// needs a {place.kind.value}; {self._form}")
        elif place.kind is LocalKind.DEVICE and not path.startswith("/"):
            self.mistakes.append(
                f"write three slashes before the path: {self._driver.scheme}:///{shown(head)}"
            )
        elif wrong := sorted(set(place.forbidden) & set(path)):
            self.mistakes.append(f"{shown(path)!r} may not contain {' '.join(wrong)}; {self._form}")
        return Address(self._driver.scheme, path=path)

    def _text(self, written: str) -> str:
        try:
            return _decoded(written)
        except ValueError as error:
            self.mistakes.append(f"a part before the options {error}")
            return ""


def _decoded(written: str) -> str:
    """Percent-decoded text. Raises ValueError for bytes that are not UTF-8, and for control characters."""
    try:
        text = unquote(written, errors="strict")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8 text after percent-decoding") from None
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise ValueError("contains a control character")
    return text
