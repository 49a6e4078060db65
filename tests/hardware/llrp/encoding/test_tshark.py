"""tshark dissects every frame of the client and the simulated reader without an error."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from hardware.llrp.client_protocol import ClientProtocol
from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.constants import ConnectionStatus, MessageType
from hardware.llrp.encoding.frames import Framer, LlrpFrame, pack_frame
from hardware.llrp.encoding.messages import (
    AddRospec,
    EmptyMessage,
    ErrorDetail,
    GetReaderConfig,
    GetSupportedVersionResponse,
    LlrpStatus,
    Message,
    ReaderEventNotification,
    Rospec,
    RospecCommand,
    SetProtocolVersion,
    SetReaderConfig,
    StatusResponse,
    TagReportData,
)
from hardware.llrp.encoding.parameters import tlv
from hardware.llrp.outputs import SendBytes
from hardware.llrp.settings import LlrpSettings
from hardware.sim.radio.llrp_model import ReaderMemory, ReaderModel
from hardware.sim.radio.llrp_protocol import ReaderProtocol

pytestmark = pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed")

VENDOR = tlv(1023, struct.pack(">II", 25882, 57), b"\x01\x02")
TAGS = [
    TagReportData("3074257BF7194E4000001A85", 1, -55, 1_700_000_000_000_000),
    TagReportData("36D4257BF7194E58B266D1A800000000000000000000000000", 2, -61, 1_700_000_000_000_001),
]


def all_frames() -> list[bytes]:
    """All frames of one connection, from both sides, then messages that do not occur in it."""
    frames: list[bytes] = []
    settings = LlrpSettings(antennas=(1, 2), session=1, power_dbm=24)
    client, reader = (
        ClientProtocol(settings, 0.0),
        ReaderProtocol(ReaderModel(extra_in_reports=VENDOR), ReaderMemory()),
    )
    raw = reader.connection_event(1_700_000_000_000_000)
    while raw:
        frames.append(raw)
        outputs = [out for frame in Framer().feed(raw) for out in client.received(frame, 0.0)]
        sent = [output.raw for output in outputs if isinstance(output, SendBytes)]
        frames += sent
        raw = b"".join(reader.received(frame) for one in sent for frame in Framer().feed(one))
    frames += [
        reader.keepalive(),
        reader.reports(TAGS),
        client.closing_messages(),
        reader.connection_close_event(1),
    ]
    return [one for many in frames for one in split_frames(many)] + [
        encode(message, 77) for message in rare_messages()
    ]


def rare_messages() -> list[Message]:
    refused = LlrpStatus(100, "no", (ErrorDetail(100, parameter=177), ErrorDetail(101, field=2)))
    return [
        EmptyMessage(MessageType.KEEPALIVE_ACK),
        EmptyMessage(MessageType.GET_ROSPECS),
        EmptyMessage(MessageType.GET_REPORT),
        StatusResponse(MessageType.ADD_ROSPEC_RESPONSE, refused),
        StatusResponse(MessageType.ERROR_MESSAGE, LlrpStatus(109, "?")),
        AddRospec(Rospec(9, immediate=True)),
        RospecCommand(MessageType.STOP_ROSPEC, 9),
        RospecCommand(MessageType.DISABLE_ROSPEC, 9),
        GetReaderConfig(0),
        SetReaderConfig(reset=True, keepalive_ms=0, hold=True, events=(3, 4, 8)),
        ReaderEventNotification(1, antenna=(2, False)),
        ReaderEventNotification(1, is_utc=False, exception="hot", buffer_overflow=True),
        ReaderEventNotification(1, connection=ConnectionStatus.CLIENT_CONNECTION_EXISTS),
    ]


def split_frames(raw: bytes) -> list[bytes]:
    return [pack_frame(f.message_type, f.message_id, f.body, f.version) for f in Framer().feed(raw)]


def capture(frames: list[bytes], path: Path) -> None:
    """Writes a capture of one TCP stream to port 5084, one frame per packet (libpcap, raw IPv4)."""
    out = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101)]
    sequence = 1
    for frame in frames:
        tcp = struct.pack(">HHIIBBHHH", 40_000, 5084, sequence, 1, 0x50, 0x18, 65535, 0, 0) + frame
        ip = struct.pack(
            ">BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 1, 0, 64, 6, 0, b"\x0a\0\0\1", b"\x0a\0\0\2"
        )
        out.append(struct.pack("<IIII", 0, 0, len(ip + tcp), len(ip + tcp)) + ip + tcp)
        sequence += len(frame)
    path.write_bytes(b"".join(out))


def dissected(frames: list[bytes], path: Path) -> tuple[list[int], list[str]]:
    """The message types that tshark found, and its errors."""
    capture(frames, path)
    done = subprocess.run(
        ["tshark", "-r", str(path), "-d", "tcp.port==5084,llrp", "-T", "json", "-e", "llrp.type",
         "-e", "_ws.malformed", "-e", "_ws.expert.message", "-e", "_ws.expert.severity"],
        capture_output=True, text=True, check=True, timeout=100,
    )  # fmt: skip
    kinds, complaints = [], []
    for packet in json.loads(done.stdout):
        layers = packet["_source"]["layers"]
        kinds += [int(kind, 0) for kind in layers.get("llrp.type", [])]
        complaints += layers.get("_ws.malformed", [])
        # notes (below warning) are about TCP, which this capture only sketches
        expert_items = zip(
            layers.get("_ws.expert.message", []), layers.get("_ws.expert.severity", []), strict=True
        )
        complaints += [message for message, severity in expert_items if int(severity) >= 0x600000]
    return kinds, complaints


def test_tshark_accepts_every_frame(tmp_path: Path) -> None:
    frames = all_frames()
    kinds, complaints = dissected(frames, tmp_path / "ours.pcap")
    assert complaints == []
    assert kinds == [Framer().feed(frame)[0].message_type for frame in frames]
    assert len(kinds) > 30


def test_tshark_reports_an_invalid_frame(tmp_path: Path) -> None:
    broken = pack_frame(MessageType.ADD_ROSPEC, 1, b"\x00\xb1\x00\x40\x00\x00")
    _, complaints = dissected([*all_frames()[:3], broken], tmp_path / "broken.pcap")
    assert complaints


def test_messages_of_version_1_1_decode_as_encoded() -> None:
    """Debian's tshark does not dissect these completely."""
    for message in (GetSupportedVersionResponse(1, 2, LlrpStatus()), SetProtocolVersion(2)):
        (frame,) = Framer().feed(encode(message, 1, 2))
        assert decode(LlrpFrame(2, frame.message_type, 1, frame.body)) == message
