"""The LLRP driver: a thread with a socket that keeps one conversation with one reader going for ever."""

from __future__ import annotations

import logging
import os
import selectors
import socket
import time
from collections.abc import Callable, Sequence

from hardware.driver import ThreadedReader, now_us
from hardware.errors import LostLinkError
from hardware.llrp.dialogue import Dialogue, Note, Output, Seen, Send, Standing
from hardware.llrp.frames import Framer
from hardware.llrp.messages import TagSeen
from hardware.llrp.settings import LlrpSettings
from hardware.ports import RadioFact, ReaderDown, ReaderUp, TagRead, TagReads
from hardware.supervise import supervised

_LOG = logging.getLogger("hardware.llrp")
_CHUNK = 1 << 16
# a report is believed to be this old at most, whatever the reader's stamps say
_OLDEST_US = 1_000_000
# later than any stamp, for tags that came without one
_NEVER = 1 << 64
# how long a leaving client waits for the reader's farewell
_FAREWELL_S = 0.5

Post = Callable[[RadioFact], None]
Wrap = Callable[[socket.socket], socket.socket]


class LlrpReader(ThreadedReader[RadioFact]):
    """A TagReader over TCP; see `hardware.ports` for what it promises. `wrap` puts TLS around a new connection."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        settings: LlrpSettings | None = None,
        wrap: Wrap | None = None,
    ) -> None:
        super().__init__(name)
        self._address = (host, port)
        self._settings = settings or LlrpSettings()
        self._wrap = wrap
        self._bell, self._rope = socket.socketpair()

    def _wake(self) -> None:
        self._rope.send(b"!")

    def _put_away(self) -> None:
        self._bell.close()
        self._rope.close()

    def _run(self, post: Post) -> None:
        supervised(
            self._name,
            lambda stands: self._converse(post, stands),
            up=lambda: post(ReaderUp(self._name, now_us())),
            down=lambda why: post(ReaderDown(self._name, why, now_us())),
            wait=self._stop.wait,
            backoff=self._settings.backoff,
        )

    def _converse(self, post: Post, stands: Callable[[], None]) -> None:
        """One connection from its first byte to its last; returns only when asked to stop."""
        plain = self._connect()
        if plain is None:
            return
        with plain:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            plain.settimeout(self._settings.silence_s)
            link = self._wrap(plain) if self._wrap else plain
            with link, selectors.DefaultSelector() as ears:
                ears.register(self._bell, selectors.EVENT_READ)
                ears.register(link, selectors.EVENT_READ)
                dialogue = Dialogue(self._settings, time.monotonic())
                self._listen(link, ears, dialogue, post, stands)
                self._leave(link, dialogue)

    def _connect(self) -> socket.socket | None:
        """A connection, or None if asked to stop meanwhile."""
        family, kind, protocol, _, address = socket.getaddrinfo(*self._address, type=socket.SOCK_STREAM)[0]
        link = socket.socket(family, kind, protocol)
        try:
            link.settimeout(0)
            link.connect_ex(address)
            with selectors.DefaultSelector() as ears:
                ears.register(self._bell, selectors.EVENT_READ)
                ears.register(link, selectors.EVENT_WRITE)
                ears.select(self._settings.connect_s)
            if self._stop.is_set():
                link.close()
                return None
            _raise_for(link)
        except BaseException:
            link.close()
            raise
        return link

    def _listen(
        self,
        link: socket.socket,
        ears: selectors.BaseSelector,
        dialogue: Dialogue,
        post: Post,
        stands: Callable[[], None],
    ) -> None:
        framer = Framer()
        while not self._stop.is_set():
            now = time.monotonic()
            for output in dialogue.tick(now):
                self._do(output, link, stands)
            if not self._heard(link, ears, max(0.0, dialogue.deadline() - now)):
                continue
            chunk = link.recv(_CHUNK)
            if not chunk:
                raise LostLinkError("the reader hung up")
            now = time.monotonic()
            tags: list[TagSeen] = []
            for frame in framer.feed(chunk):
                for output in dialogue.received(frame, now):
                    if isinstance(output, Seen):
                        tags += output.tags
                    else:
                        self._do(output, link, stands)
            if tags:
                post(TagReads(self._name, in_our_time(tags, now_us())))

    def _heard(self, link: socket.socket, ears: selectors.BaseSelector, patience_s: float) -> bool:
        """Whether bytes wait to be read; False when it is time to tick or to stop."""
        return any(key.fileobj is link for key, _ in ears.select(patience_s))

    def _do(self, output: Output, link: socket.socket, stands: Callable[[], None]) -> None:
        match output:
            case Send(raw):
                link.sendall(raw)
            case Standing(capabilities):
                _LOG.debug("reader %s can do %s", self._name, capabilities)
                stands()
            case Note(text):
                _LOG.warning("reader %s: %s", self._name, text)
            case Seen():
                pass

    def _leave(self, link: socket.socket, dialogue: Dialogue) -> None:
        """Says farewell so that the reader lets the next client in at once; a reader that is gone does not matter."""
        try:
            link.settimeout(_FAREWELL_S)
            link.sendall(dialogue.farewell())
            deadline = time.monotonic() + _FAREWELL_S
            while time.monotonic() < deadline and link.recv(_CHUNK):
                pass
        except OSError:
            _LOG.debug("reader %s went before the farewell", self._name)


def in_our_time(tags: Sequence[TagSeen], now_us: int) -> tuple[TagRead, ...]:
    """Reads stamped by our clock, oldest first: the newest is now, the others as much older as the reader says.

    Only differences of the reader's stamps are used, so that its clock may be wrong, or count from its start.
    """
    stamps = [tag.stamp_us for tag in tags]
    newest = max(stamps)
    if stamps.count(newest) == len(stamps):
        return tuple([TagRead(epc, antenna, float(rssi), now_us) for epc, antenna, rssi, _ in tags])
    if stamps != sorted(stamps):
        tags = sorted(tags, key=_stamp)
    # a tag without a stamp is as new as the newest
    oldest = newest - _OLDEST_US
    late = now_us - newest
    return tuple(
        [
            TagRead(epc, antenna, float(rssi), now_us if not stamp else late + max(stamp, oldest))
            for epc, antenna, rssi, stamp in tags
        ]
    )


def _stamp(tag: TagSeen) -> int:
    return tag.stamp_us or _NEVER


def _raise_for(link: socket.socket) -> None:
    """Raises OSError if a connection that was begun does not stand."""
    code = link.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))
    try:
        link.getpeername()
    except OSError:
        raise LostLinkError("no connection within the time allowed") from None
