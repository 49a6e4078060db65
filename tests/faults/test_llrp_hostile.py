"""A million mutated LLRP frames and floods of tags: only typed errors, no hangs, bounded memory.

`seeds_llrp.txt` keeps the short frames by which fuzzing reached new code; they are played first, every time.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sysconfig
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from hardware.errors import HardwareError
from hardware.llrp.client_protocol import ClientProtocol
from hardware.llrp.encoding.codec import decode, encode
from hardware.llrp.encoding.constants import MessageType
from hardware.llrp.encoding.frames import Framer, LlrpFrame, pack_frame
from hardware.llrp.encoding.messages import RoAccessReport, TagReportData
from hardware.llrp.outputs import SendBytes
from hardware.llrp.reader import LlrpReader
from hardware.llrp.settings import LlrpSettings
from hardware.ports import ReaderUp
from hardware.sim.radio.llrp_model import ReaderMemory, ReaderModel
from hardware.sim.radio.llrp_protocol import ReaderProtocol
from hardware.sim.radio.llrp_reader import SimLlrpReader
from tests.hardware.fact_log import FactLog
from tests.peers import environment

SEEDS = Path(__file__).with_name("seeds_llrp.txt")
HANG_S = 0.1
MEMORY_KB = 64 * 1024

Target = Callable[[bytes], object]


def corpus() -> list[bytes]:
    """Valid frames of every kind: a whole connection and reports of several layouts."""
    client, reader = (
        ClientProtocol(LlrpSettings(session=1, power_dbm=20), 0.0),
        ReaderProtocol(ReaderModel(), ReaderMemory()),
    )
    frames, raw = [], reader.connection_event(1_700_000_000_000_000)
    while raw:
        frames.append(raw)
        outputs = [out for frame in Framer().feed(raw) for out in client.received(frame, 0.0)]
        sent = [output.raw for output in outputs if isinstance(output, SendBytes)]
        frames += sent
        raw = b"".join(reader.received(frame) for one in sent for frame in Framer().feed(one))
    tags = tuple(TagReportData(f"30{n:022X}", 1 + n % 4, -50, 1_700_000_000_000_000 + n) for n in range(8))
    frames.append(encode(RoAccessReport(tags), 5))
    frames.append(encode(RoAccessReport((TagReportData("AB" * 26, 1, -50, 0), *tags[:2])), 6))
    return frames


def spoilt(frame: bytes, chance: random.Random) -> bytes:
    """A frame with one to four mutations: bits, bytes, lengths, cuts, repeats. Its length field is usually
    corrected, so that the mutation reaches the decoder behind the framer."""
    raw = bytearray(frame)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(raw)) if raw else 0
        match chance.randrange(6):
            case 0 if raw:
                raw[at] ^= 1 << chance.randrange(8)
            case 1 if raw:
                raw[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
            case 2:
                del raw[at : at + chance.randint(1, 8)]
            case 3:
                raw[at:at] = chance.randbytes(chance.randint(1, 8))
            case 4:
                raw[at : at + 2] = chance.choice((b"\x00\x00", b"\x00\x04", b"\xff\xff", b"\x00\xf0"))
            case _:
                piece = raw[at : at + chance.randint(1, 40)]
                raw[at:at] = piece
    if len(raw) >= 10 and chance.random() < 0.9:
        raw[:1] = b"\x04"
        raw[2:6] = len(raw).to_bytes(4)
    return bytes(raw)


class ClientAndReaderTarget:
    """Passes the bytes to client and simulated reader, as from a faulty peer."""

    def __init__(self) -> None:
        self._client, reader = (
            ClientProtocol(LlrpSettings(), 0.0),
            ReaderProtocol(ReaderModel(), ReaderMemory()),
        )
        raw = reader.connection_event(1)
        while not self._client.running:
            outputs = [out for frame in Framer().feed(raw) for out in self._client.received(frame, 0.0)]
            sent = b"".join(output.raw for output in outputs if isinstance(output, SendBytes))
            raw = b"".join(map(reader.received, Framer().feed(sent)))

    def __call__(self, raw: bytes) -> None:
        frames = Framer(max_frame_bytes=1 << 16).feed(raw)
        for frame in frames:
            for take in (
                decode,
                lambda frame: self._client.received(frame, 0.0),
                ReaderProtocol(ReaderModel(), ReaderMemory()).received,
            ):
                with suppress(HardwareError):
                    take(frame)


def run_mutations(target: Target, count: int, seed: int) -> list[str]:
    """Passes so many mutated frames to a target; returns what went wrong, with the frame in hex."""
    chance, sound = random.Random(seed), corpus()
    faults: list[str] = []
    kept = [bytes.fromhex(line) for line in SEEDS.read_text().split()]
    for number in range(count + len(kept)):
        raw = kept[number] if number < len(kept) else spoilt(chance.choice(sound), chance)
        # of this thread's own time, since other work on the machine is no hang of ours
        began = time.thread_time()
        try:
            target(raw)
        except HardwareError:
            continue
        except Exception as error:  # noqa: BLE001 this is what the test looks for
            faults.append(f"{type(error).__name__}: {error}: {raw.hex()}")
        if time.thread_time() - began > HANG_S:
            faults.append(f"more than {HANG_S} s: {raw.hex()}")
        if len(faults) > 10:
            break
    return faults


def peak_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_ten_thousand_mutated_frames() -> None:
    assert run_mutations(ClientAndReaderTarget(), 10_000, seed=1) == []


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_a_million_mutated_frames() -> None:
    target = ClientAndReaderTarget()
    assert run_mutations(target, 20_000, seed=2) == []
    before = peak_kb()
    assert run_mutations(target, 1_000_000, seed=3) == []
    assert peak_kb() - before < MEMORY_KB


@pytest.mark.full
@pytest.mark.timeout(300)
@pytest.mark.skipif(
    not environment.has_atheris(), reason="atheris is not in the peers' environment (requirements-fuzz.txt)"
)
def test_a_coverage_guided_fuzzer_finds_nothing(tmp_path: Path) -> None:
    for number, frame in enumerate(corpus()):
        (tmp_path / f"sound-{number}").write_bytes(frame[:600])
    root, libraries = str(Path(__file__).parents[2]), sysconfig.get_paths()["purelib"]
    done = subprocess.run(
        [
            str(environment.python()),
            str(environment.HERE / "fuzz_llrp.py"),
            root,
            libraries,
            str(tmp_path),
            "90",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def trusting(raw: bytes) -> None:
    """Planted: trusts every length."""
    for frame in Framer().feed(raw):
        body, at = frame.body, 0
        while at < len(body):
            size = body[at + 2] << 8 | body[at + 3]
            if frame.message_type == MessageType.RO_ACCESS_REPORT:
                assert body[at + 4 + 12] is not None
            at += max(size, 1)


def test_planted_a_decoder_without_checks_of_lengths_is_caught() -> None:
    assert any(fault.startswith("IndexError") for fault in run_mutations(trusting, 2_000, seed=4))


def stubborn(raw: bytes) -> None:
    """Planted: slow for one kind of frame."""
    for frame in Framer().feed(raw):
        if frame.message_type == MessageType.KEEPALIVE:
            until = time.thread_time() + 2 * HANG_S
            while time.thread_time() < until:
                pass


def test_planted_a_decoder_that_hangs_is_caught() -> None:
    assert any(fault.startswith("more than") for fault in run_mutations(stubborn, 5_000, seed=5))


def test_a_stream_without_end_is_never_buffered_completely() -> None:
    framer = Framer(max_frame_bytes=1 << 16)
    with pytest.raises(HardwareError):
        framer.feed(pack_frame(61, 1, bytes(100))[:2] + (1 << 31).to_bytes(4) + bytes(4))
    # a long message in small chunks is buffered once, up to the limit
    head = pack_frame(61, 1, bytes((1 << 16) - 10))
    before = peak_kb()
    for _ in range(200):
        assert framer_size(head) <= 1 << 16
    assert peak_kb() - before < MEMORY_KB


def framer_size(raw: bytes) -> int:
    framer, held = Framer(max_frame_bytes=1 << 16), 0
    for at in range(0, len(raw), 4096):
        for frame in framer.feed(raw[at : at + 4096]):
            held = max(held, len(frame.body))
    return held


@pytest.mark.timeout(60)
def test_a_flood_of_ten_thousand_garments_a_second_loses_none() -> None:
    count = 10_000
    facts, first = FactLog(), peak_kb()
    with SimLlrpReader() as sim:
        for number in range(count):
            sim.place(f"30{number:022X}", antenna=1 + number % 4, rate_hz=1.0)
        reader = LlrpReader("flood", "127.0.0.1", sim.port)
        reader.start(facts)
        facts.wait_count(ReaderUp, 1)
        facts.wait(lambda _: len({read.epc for read in facts.reads()}) == count, "every garment", 40)
        reader.close()
    assert peak_kb() - first < 2 * MEMORY_KB


def test_an_empty_report_is_an_empty_report() -> None:
    assert decode(LlrpFrame(1, MessageType.RO_ACCESS_REPORT, 1, b"")) == RoAccessReport(())
