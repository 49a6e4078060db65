"""The two ways of an alarm: e-mail by the shop's mail server, and a web hook."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.connectors.messages.port import Mail, MailAddress, MailError, MailRefusedError, MailSender
from kiosk.connectors.web_hooks.https_hook import HookLostError, HookRefusedError, HttpsHook
from kiosk.store.alarms.incidents import AlarmMessage, Turn
from kiosk.store.alarms.outbox import ChannelLostError, ChannelRefusedError
from kiosk.store.pages.alarm_text import alarm_body, alarm_html, alarm_subject, fault_line, local_time
from kiosk.version import VERSION


@dataclass(frozen=True, slots=True)
class Wording:
    """What a message is written with. `title_of`: a room's title by its id."""

    shop: str
    language: str
    zone: str
    title_of: Callable[[str], str]

    def lines(self, message: AlarmMessage) -> list[str]:
        """A line for each fault."""
        return [
            fault_line(fault.problem.value, self.title_of(fault.room) if fault.room else "", self.language)
            for fault in message.faults
        ]

    def subject(self, message: AlarmMessage) -> str:
        return alarm_subject(
            ended=message.turn is Turn.END, shop=self.shop, lines=self.lines(message), language=self.language
        )

    def body(self, message: AlarmMessage) -> str:
        return alarm_body(
            ended=message.turn is Turn.END, lines=self.lines(message), at=local_time(message.at_us, self.zone),
            began=local_time(message.began_us, self.zone), language=self.language,
        )  # fmt: skip


class MailChannel:
    """E-mail to one recipient. The same message has the same Message-ID each time it is sent."""

    def __init__(self, sender: MailSender, to: MailAddress, wording: Wording, number: int = 1) -> None:
        """`number`: that of the recipient in the configuration, from 1 on."""
        self._sender, self._to, self._wording = sender, to, wording
        self.place = f"alarms.mail_to {number}"
        self.name = f"mail-{hashlib.sha256(to.text.encode()).hexdigest()[:12]}"

    def send(self, message: AlarmMessage) -> None:
        body = self._wording.body(message)
        mail = Mail(
            f"{message.message_id}.{self.name}@{self._sender.domain}", self._to, self._wording.subject(message),
            body, alarm_html(body), self._wording.language, self._wording.shop,
        )  # fmt: skip
        try:
            self._sender.send(mail)
        except MailRefusedError as error:
            raise ChannelRefusedError(str(error)) from None
        except MailError as error:
            raise ChannelLostError(str(error)) from None


class HookChannel:
    """The web hook."""

    name = "web-hook"
    place = "alarms.web_hook"

    def __init__(self, hook: HttpsHook, wording: Wording) -> None:
        self._hook, self._wording = hook, wording

    def send(self, message: AlarmMessage) -> None:
        body = {
            "id": message.message_id,
            "incident": message.incident,
            "event": message.turn.value,
            "at_us": message.at_us,
            "began_us": message.began_us,
            "shop": self._wording.shop,
            "version": VERSION,
            "faults": [
                {
                    "problem": f.problem.value,
                    "room": f.room,
                    "title": self._wording.title_of(f.room) if f.room else "",
                }
                for f in message.faults
            ],
            "subject": self._wording.subject(message),
            "text": self._wording.body(message),
        }
        try:
            self._hook.send(json.dumps(body, ensure_ascii=False).encode(), message.message_id)
        except HookRefusedError as error:
            raise ChannelRefusedError(str(error)) from None
        except HookLostError as error:
            raise ChannelLostError(str(error)) from None
