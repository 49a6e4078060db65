"""Checks whom alarms are sent to (recipients, web hook with its key), and the token of metrics."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.commands.check.places import url_mistake
from kiosk.config import Mistake, Read, StoreConfig
from kiosk.connectors.messages.port import BadAddressError, mail_address
from kiosk.connectors.web_hooks.https_hook import HttpsHook, NoHookDriverError
from kiosk.store.alarms.composing import hook_place
from kiosk.store.api.health.metrics_route import metrics_token


def alarm_mistakes(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    """Mistakes of the addresses and of the key file; nothing is sent."""
    for position, recipient in enumerate(config.alarms.mail_to):
        try:
            mail_address(recipient)
        except BadAddressError as error:
            yield read.mistake(("alarms", "mail_to", position), str(error))
    yield from _metrics(read, config)
    if config.alarms.web_hook is None:
        return
    place = ("alarms", "web_hook", "url")
    try:
        HttpsHook(hook_place(config.alarms.web_hook))
    except NoHookDriverError as error:
        yield read.mistake(place, str(error))
        return
    if what := url_mistake(config.alarms.web_hook.url):
        yield read.mistake(place, what)


def _metrics(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    if config.metrics.token_file is None:
        return
    try:
        metrics_token(config.metrics.token_file)
    except ValueError as error:
        yield read.mistake(("metrics", "token_file"), str(error))
