"""Checks whom alarms are sent to (recipients, web hook with its key), web hooks of events, where sales are given to,
notifications, and the token of metrics."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.commands.check.places import url_mistake
from kiosk.config import Mistake, Read, Severity, StoreConfig
from kiosk.connectors.ca_files import ca_file_mistake
from kiosk.connectors.messages.port import BadAddressError, mail_address
from kiosk.connectors.sales_out.port import NoDestinationError
from kiosk.connectors.sales_out.template import Template
from kiosk.connectors.web_hooks.https_hook import HookPlace, HttpsHook, NoHookDriverError
from kiosk.store.alarms.composing import hook_place
from kiosk.store.api.health.metrics_route import metrics_token
from kiosk.store.integrators.hooks.web_hooks import hook_place as event_hook_place
from kiosk.store.sales_out.destinations import destination_mistake, sales_hook_place


def alarm_mistakes(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    """Mistakes of the addresses and of the key file; nothing is sent."""
    for position, recipient in enumerate(config.alarms.mail_to):
        try:
            mail_address(recipient)
        except BadAddressError as error:
            yield read.mistake(("alarms", "mail_to", position), str(error))
    yield from _metrics(read, config)
    if what := ca_file_mistake(config.push.ca_file):
        yield read.mistake(("push", "ca_file"), what)
    if config.alarms.web_hook is not None:
        yield from _hook(read, ("alarms", "web_hook"), hook_place(config.alarms.web_hook))
    for name, hook in config.events.web_hooks.items():
        yield from _hook(read, ("events", "web_hooks", name), event_hook_place(name, hook))
    yield from _sales_out(read, config)


def _sales_out(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    for name, program in config.sales_out.web_hooks.items():
        yield from _hook(read, ("sales_out", "web_hooks", name), sales_hook_place(name, program))
        try:
            if program.template is not None:
                Template(program.template)
        except NoDestinationError as error:
            yield read.mistake(("sales_out", "web_hooks", name, "template"), str(error))
    for name, folder in config.sales_out.folders.items():
        if what := destination_mistake(name, folder):
            later = f"{what}; sales wait until it can be written to"
            yield read.mistake(("sales_out", "folders", name, "folder"), later, Severity.WITHOUT)


def _hook(read: Read[StoreConfig], place: tuple[str, ...], hook: HookPlace) -> Iterator[Mistake]:
    try:
        HttpsHook(hook)
    except NoHookDriverError as error:
        yield read.mistake((*place, "url"), str(error))
        return
    if what := url_mistake(hook.url):
        yield read.mistake((*place, "url"), what)


def _metrics(read: Read[StoreConfig], config: StoreConfig) -> Iterator[Mistake]:
    if config.metrics.token_file is None:
        return
    try:
        metrics_token(config.metrics.token_file)
    except ValueError as error:
        yield read.mistake(("metrics", "token_file"), str(error))
