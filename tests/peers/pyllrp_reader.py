"""An LLRP reader that uses the codec pyllrp, equivalent to llrpjs/reader.js. Run by the peers' interpreter.

    python pyllrp_reader.py '{"tags":["30..."],"cut":3,...}'

Prints {"port":N}; options and orders on standard input are those of the twin.
"""

import json
import socket
import sys
import threading
import time
from typing import Any

from pyllrp import pyllrp as p

STARTED = time.monotonic()
STATUS_ANSWERS = {
    "SET_READER_CONFIG": p.SET_READER_CONFIG_RESPONSE_Message,
    "DELETE_ROSPEC": p.DELETE_ROSPEC_RESPONSE_Message,
    "ENABLE_ROSPEC": p.ENABLE_ROSPEC_RESPONSE_Message,
    "START_ROSPEC": p.START_ROSPEC_RESPONSE_Message,
    "STOP_ROSPEC": p.STOP_ROSPEC_RESPONSE_Message,
    "DISABLE_ROSPEC": p.DISABLE_ROSPEC_RESPONSE_Message,
    "CLOSE_CONNECTION": p.CLOSE_CONNECTION_RESPONSE_Message,
}
VENDOR = bytes.fromhex("03ff000e0000651a00000038") + b"\x12\x34"


class Reader:
    def __init__(self, options: dict[str, Any]) -> None:
        self.options: dict[str, Any] = {"tags": [], "hz": 40, "cut": 0, "busy_for": 0, **options}
        self.silent = self.running = False
        self.holding = bool(self.options.get("hold"))
        self.client: socket.socket | None = None
        self.period = 0.0
        self.lock = threading.Lock()

    def is_set(self, option: str) -> bool:
        return bool(self.options.get(option))

    def ok(self) -> Any:
        return p.LLRPStatus_Parameter(StatusCode=p.StatusCode.M_Success)

    def send(self, link: socket.socket, *messages: Any) -> None:
        raw = b"".join(m if isinstance(m, bytes) else p.PackMessage(m).tobytes() for m in messages)
        if self.silent:
            return
        cut = self.options["cut"] or len(raw)
        try:
            with self.lock:
                for at in range(0, len(raw), cut):
                    link.sendall(raw[at : at + cut])
        except OSError:
            pass

    def greeting(self, status: int) -> Any:
        if self.is_set("uptime"):
            stamp = p.Uptime_Parameter(Microseconds=5_000_000)
        else:
            stamp = p.UTCTimestamp_Parameter(Microseconds=time.time_ns() // 1000)
        event = p.ConnectionAttemptEvent_Parameter(Status=status)
        return p.READER_EVENT_NOTIFICATION_Message(
            Parameters=[p.ReaderEventNotificationData_Parameter(Parameters=[stamp, event])]
        )

    def report(self, epc: str) -> bytes:
        if len(epc) == 24 and not self.is_set("epc_bits"):
            parts = [p.EPC_96_Parameter(EPC=int(epc, 16))]
        else:
            parts = [p.EPCData_Parameter(EPC=bytes.fromhex(epc))]
        if not self.is_set("sparse"):
            up = round(1e6 * (time.monotonic() - STARTED)) + 1
            utc = time.time_ns() // 1000
            if self.is_set("uptime"):
                first = p.FirstSeenTimestampUptime_Parameter(Microseconds=up)
                last = p.LastSeenTimestampUptime_Parameter(Microseconds=up)
            else:
                first = p.FirstSeenTimestampUTC_Parameter(Microseconds=utc)
                last = p.LastSeenTimestampUTC_Parameter(Microseconds=utc)
            parts += [
                p.ROSpecID_Parameter(ROSpecID=1),
                p.AntennaID_Parameter(AntennaID=3),
                p.PeakRSSI_Parameter(PeakRSSI=-61),
                p.ChannelIndex_Parameter(ChannelIndex=4),
                first,
                last,
                p.TagSeenCount_Parameter(TagCount=2),
            ]
        message = p.RO_ACCESS_REPORT_Message(Parameters=[p.TagReportData_Parameter(Parameters=parts)])
        raw: bytes = p.PackMessage(message).tobytes()
        if self.is_set("custom"):
            # pyllrp writes no unknown vendor's parameter: put behind, inside the tag and behind it
            size, tag = len(raw) + 2 * len(VENDOR), int.from_bytes(raw[12:14], "big") + len(VENDOR)
            raw = (
                raw[:2] + size.to_bytes(4, "big") + raw[6:12] + tag.to_bytes(2, "big") + raw[14:] + 2 * VENDOR
            )
        return raw

    def capabilities(self, message_id: int) -> Any:
        parts = [self.ok()]
        if not self.is_set("sparse"):
            ports = [p.PerAntennaAirProtocol_Parameter(AntennaID=n, ProtocolID=[1]) for n in (1, 2, 3, 4)]
            parts.append(
                p.GeneralDeviceCapabilities_Parameter(
                    MaxNumberOfAntennaSupported=4,
                    HasUTCClockCapability=not self.is_set("uptime"),
                    DeviceManufacturerName=161,
                    ModelName=96,
                    ReaderFirmwareVersion="3.0",
                    Parameters=[
                        p.ReceiveSensitivityTableEntry_Parameter(Index=1, ReceiveSensitivityValue=0),
                        p.GPIOCapabilities_Parameter(NumGPIs=0, NumGPOs=0),
                        *ports,
                    ],
                )
            )
        return p.GET_READER_CAPABILITIES_RESPONSE_Message(MessageID=message_id, Parameters=parts)

    def rospec_answer(self, message_id: int) -> Any:
        status = self.ok()
        if self.is_set("refuse_rospec"):
            field = p.FieldError_Parameter(FieldNum=3, ErrorCode=p.StatusCode.M_FieldError)
            inner = p.ParameterError_Parameter(
                ParameterType=177, ErrorCode=p.StatusCode.M_FieldError, Parameters=[field]
            )
            status = p.LLRPStatus_Parameter(
                StatusCode=p.StatusCode.M_ParameterError,
                ErrorDescription="trigger not supported",
                Parameters=[inner],
            )
        return p.ADD_ROSPEC_RESPONSE_Message(MessageID=message_id, Parameters=[status])

    def answer(self, link: socket.socket, message: Any) -> None:
        name = type(message).__name__.removesuffix("_Message")
        print(json.dumps({"name": name}), file=sys.stderr, flush=True)
        if name == "GET_READER_CAPABILITIES":
            self.send(link, self.capabilities(message.MessageID))
        elif name == "ADD_ROSPEC":
            self.send(link, self.rospec_answer(message.MessageID))
        elif name == "ENABLE_EVENTS_AND_REPORTS":
            self.holding = False
        elif name in STATUS_ANSWERS:
            if name == "SET_READER_CONFIG" and not self.is_set("no_keepalive"):
                (keep,) = [q for q in message.Parameters if isinstance(q, p.KeepaliveSpec_Parameter)]
                self.period = keep.PeriodicTriggerValue / 1000
            self.send(link, STATUS_ANSWERS[name](MessageID=message.MessageID, Parameters=[self.ok()]))
            self.running = name == "START_ROSPEC" or (self.running and name != "DELETE_ROSPEC")

    def converse(self, link: socket.socket) -> None:
        try:
            self.send(link, self.greeting(p.ConnectionAttemptStatusType.Success))
            while True:
                message = p.UnpackMessageFromSocket(link)
                if not self.silent:
                    self.answer(link, message)
        except (OSError, RuntimeError):
            pass
        finally:
            self.client, self.running, self.period = None, False, 0.0
            link.close()

    def report_for_ever(self) -> None:
        beat = time.monotonic()
        while True:
            time.sleep(1 / self.options["hz"])
            link = self.client
            if link is None:
                continue
            if self.running and not self.holding:
                self.send(link, *map(self.report, self.options["tags"]))
            if self.period and time.monotonic() - beat >= self.period:
                beat = time.monotonic()
                self.send(link, p.KEEPALIVE_Message())

    def serve(self) -> None:
        server = socket.create_server(("127.0.0.1", 0))
        print(json.dumps({"port": server.getsockname()[1]}), flush=True)
        threading.Thread(target=self.report_for_ever, daemon=True).start()
        while True:
            link, _ = server.accept()
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.client is not None or self.options["busy_for"] > 0:
                self.options["busy_for"] -= 1
                kinds = p.ConnectionAttemptStatusType
                self.send(link, self.greeting(kinds.Failed_A_Client_Initiated_Connection_Already_Exists))
                link.close()
                continue
            self.client, self.holding = link, self.is_set("hold")
            threading.Thread(target=self.converse, args=(link,), daemon=True).start()


def main() -> None:
    reader = Reader(json.loads(sys.argv[1]))
    threading.Thread(target=reader.serve, daemon=True).start()
    for order in sys.stdin:
        if order.strip() == "silent":
            reader.silent = True
        elif order.strip() == "restart":
            reader.silent = False
            if reader.client is not None:
                reader.client.shutdown(socket.SHUT_RDWR)
        elif order.strip() == "quit":
            break


main()
