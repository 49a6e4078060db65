"""Puts the alarms together from the settings."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.clock import US, Clocks
from kiosk.config.alarms import WebHook
from kiosk.connectors.messages.port import BadAddressError, NoMailDriverError, mail_address
from kiosk.connectors.messages.smtp import MailAccount, SmtpSender
from kiosk.connectors.web_hooks.host_rule import Network
from kiosk.connectors.web_hooks.https_hook import HookPlace, HttpsHook, NoHookDriverError
from kiosk.core.domain.ids import RoomId
from kiosk.store.alarms.channels import HookChannel, MailChannel, Wording
from kiosk.store.alarms.incidents import Fault
from kiosk.store.alarms.outbox import AlarmOutbox, Channel
from kiosk.store.alarms.saved_file import FILE
from kiosk.store.alarms.watch import AlarmWatch
from kiosk.store.settings import StoreSettings

log = logging.getLogger(__name__)


def compose_alarms(
    settings: StoreSettings, faults: Callable[[], frozenset[Fault]], clocks: Clocks
) -> AlarmWatch | None:
    """None if nobody is to be told. A channel that cannot be used is left out, with an error in the log."""

    def title_of(room: str) -> str:
        found = settings.room(RoomId(room)) or settings.stands.get(room)
        return (found.title if found is not None else "") or room

    alarms = settings.alarms
    wording = Wording(
        settings.shop.name, alarms.language or settings.shop.language, settings.shop.time_zone, title_of
    )
    channels: list[Channel] = [*_mail(settings, wording), *_hook(alarms.web_hook, wording)]
    if not channels:
        return None
    return AlarmWatch(
        faults, AlarmOutbox(settings.state / FILE, channels), settings.shop.hours, clocks,
        after_us=alarms.after_s * US, before_us=alarms.before_opening_minutes * 60 * US,
    )  # fmt: skip


def _mail(settings: StoreSettings, wording: Wording) -> list[Channel]:
    account = settings.receipts.mail
    if account is None or not settings.alarms.mail_to:
        return []
    try:
        sender = SmtpSender(
            MailAccount(account.uri, account.sender, account.user, account.key_file, account.ca_file)
        )
        return [
            MailChannel(sender, mail_address(to), wording, number)
            for number, to in enumerate(settings.alarms.mail_to, 1)
        ]
    except (NoMailDriverError, BadAddressError) as error:
        log.error("no alarms by e-mail: %s", error)
        return []


def _hook(hook: WebHook | None, wording: Wording) -> list[Channel]:
    if hook is None:
        return []
    try:
        return [HookChannel(HttpsHook(hook_place(hook)), wording)]
    except NoHookDriverError as error:
        log.error("no alarms by web hook: %s", error)
        return []


def hook_place(hook: WebHook) -> HookPlace:
    """A web hook of the configuration."""
    return HookPlace(hook.url, hook.key_file, Network(hook.network), hook.ca_file)
