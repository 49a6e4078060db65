"""Support for tests of the LLRP client: client and simulated reader, connected in memory."""

from __future__ import annotations

from collections.abc import Iterable

from hardware.llrp.client_protocol import ClientProtocol
from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.frames import Framer, LlrpFrame
from hardware.llrp.encoding.messages import Message
from hardware.llrp.outputs import Output, SendBytes
from hardware.llrp.settings import LlrpSettings
from hardware.sim.radio.llrp_model import ReaderMemory, ReaderModel
from hardware.sim.radio.llrp_protocol import ReaderProtocol


def frame(message: Message, message_id: int = 9) -> LlrpFrame:
    """The message, encoded and split off as a frame."""
    (whole,) = Framer().feed(encode(message, message_id))
    return whole


class ClientAndReader:
    """The client protocol and a simulated reader's protocol, connected in memory without sockets.

    `said`: messages that the client sent; `learned`: its other outputs.
    """

    def __init__(self, model: ReaderModel | None = None, settings: LlrpSettings | None = None) -> None:
        model = model or ReaderModel()
        self.memory = ReaderMemory.of(model)
        self.reader = ReaderProtocol(model, self.memory)
        self.client = ClientProtocol(settings or LlrpSettings(), now=0.0)
        self.said: list[Message] = []
        self.learned: list[Output] = []
        self.now = 0.0

    def play(self, raw: bytes) -> None:
        """Exchanges messages, beginning with `raw` from the reader, until neither side sends."""
        while raw:
            outputs: list[Output] = []
            for one in Framer().feed(raw):
                outputs += self.client.received(one, self.now)
            raw = b"".join(self.answers(outputs))

    def answers(self, outputs: Iterable[Output]) -> Iterable[bytes]:
        for output in outputs:
            if isinstance(output, SendBytes):
                (sent,) = Framer().feed(output.raw)
                self.said.append(decode(sent))
                yield self.reader.received(sent)
            else:
                self.learned.append(output)

    def connect(self) -> ClientAndReader:
        self.play(self.reader.connection_event(1))
        return self
