"""Coverage-guided fuzzing of the LLRP and EPC decoders with atheris. Run by the peers' interpreter.

    python fuzz_llrp.py ROOT LIBRARIES CORPUS SECONDS

LIBRARIES is the folder of the libraries of Cheval, which the peers' environment does not have.
Ends with 0 when none were found; new inputs that reached new code are left in the folder CORPUS.
"""

import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import atheris

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

ROOT, LIBRARIES, CORPUS, SECONDS = sys.argv[1:5]
sys.path.insert(0, ROOT)
sys.path.append(LIBRARIES)
with atheris.instrument_imports(include=["hardware"]):
    from hardware.epc.codec import decode as decode_epc
    from hardware.errors import HardwareError
    from hardware.impinj.event_flow import EventFlow
    from hardware.labels.label import read_label
    from hardware.llrp.encoding.codec import decode, encode
    from hardware.llrp.encoding.frames import Framer
    from hardware.network.http.exchange import HttpExchange, basic
    from hardware.network.http.hook_requests import HookAccess, HookRequests
    from hardware.network.mqtt.packets import PacketParser
    from hardware.sim.radio.llrp_model import ReaderMemory, ReaderModel
    from hardware.sim.radio.llrp_protocol import ReaderProtocol


def refused(
    work: Callable[Arguments, Result], *arguments: Arguments.args, **named: Arguments.kwargs
) -> Result | None:
    try:
        return work(*arguments, **named)
    except HardwareError:
        return None


def once(raw: bytes) -> None:
    for frame in refused(Framer(1 << 16).feed, raw) or []:
        message = refused(decode, frame)
        if message is not None:
            refused(encode, message, 1)
        refused(ReaderProtocol(ReaderModel(), ReaderMemory()).received, frame)
    refused(decode_epc, raw[:40].hex())
    refused(HttpExchange("GET", "/", "reader", basic("user", "password")).feed, raw)
    refused(EventFlow("r").take_raw, [raw], 0)
    refused(PacketParser(1 << 16).feed, raw)
    HookRequests(HookAccess("/"), lambda _: 200, lambda _: None).feed(raw)
    refused(read_label, raw.decode("latin-1"))


atheris.Setup(
    [sys.argv[0], f"-max_total_time={SECONDS}", "-max_len=600", "-print_final_stats=1", CORPUS], once
)
atheris.Fuzz()
