"""Web hooks of a whole store: threads of their own, seen and sent again by managers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from time import monotonic

from kiosk.config.events import EventHook, Events
from kiosk.store.settings import StoreSettings
from tests.kiosk.connectors.web_hooks.receiver import Receiver, receiver
from tests.kiosk.store.http_clients import TIMEOUT_S, associate
from tests.kiosk.store.integrators.event_readers import sell
from tests.kiosk.store.sample_shop import MANAGER_PIN, sample_store, served


def hook_of(at: Receiver) -> EventHook:
    return EventHook(url=at.url, key_file=at.key_file, network="this-computer", ca_file=at.ca_file)


def soon(met: Callable[[], bool]) -> None:
    """Waits for what another thread does."""
    end_s, pause = monotonic() + TIMEOUT_S, Event()
    while not met():
        assert monotonic() < end_s, "it did not happen"
        pause.wait(0.01)


def serials(at: Receiver) -> list[str]:
    return [json.loads(body)["serial"] for _, body in at.calls]


def test_a_silent_receiver_holds_up_no_other_and_managers_see_it(
    settings: StoreSettings, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with receiver(tmp_path / "one") as good, receiver(tmp_path / "two") as bad:
        hooks = {
            "erp": hook_of(good), "bi": hook_of(bad),
            "broken": EventHook(url=good.url, key_file=tmp_path / "none.key", network="this-computer"),
        }  # fmt: skip
        bad.silent = True
        with (
            sample_store(replace(settings, events=Events(web_hooks=hooks))) as store,
            served(store) as url,
            associate(url, "m-mei", MANAGER_PIN) as mei,
        ):
            store.events.hooks.start()
            soon(lambda: len(store.events.hooks.all()) == 2)
            assert {state.name for state in store.thread_states()} >= {"web hook erp", "web hook bi"}
            sell(store, 1, 2, 3)
            soon(lambda: serials(good) == ["1", "2", "3"])
            bad.silent = False
            bad.ended.set()
            soon(lambda: any(hook.state.tries for hook in store.events.hooks.all()))
            status, rows = mei.ask("GET", "/api/v1/web-hooks")
            assert (status, [row["name"] for row in rows]) == (200, ["bi", "erp"])
            assert rows[1] | {"name": "erp"} == {
                "name": "erp", "waiting": 0, "tries": 0, "why": "", "missed": 0, "gone": False, "dead": 0,
            }  # fmt: skip
            assert mei.ask("GET", "/api/v1/web-hooks/bi/dead-letters")[0] == 200
            assert mei.ask("GET", "/api/v1/web-hooks/none/dead-letters")[0] == 404
            assert mei.ask("POST", "/api/v1/web-hooks/none/send-again")[0] == 404
            assert (rows[0]["tries"], rows[0]["waiting"]) == (1, 3)
            assert mei.ask("POST", "/api/v1/web-hooks/bi/send-again")[0] == 200
            soon(lambda: list(dict.fromkeys(serials(bad))) == ["1", "2", "3"])


def test_what_was_not_delivered_is_delivered_after_a_start(settings: StoreSettings, tmp_path: Path) -> None:
    with receiver(tmp_path) as at:
        placed = replace(settings, events=Events(web_hooks={"erp": hook_of(at)}))
        with sample_store(placed) as store:
            store.events.hooks.start()
            soon(lambda: len(store.events.hooks.all()) == 1)
            store.events.hooks.close()
            sell(store, 1)
        with sample_store(placed) as store:
            store.events.hooks.start()
            soon(lambda: serials(at) == ["1"])
        with sample_store(settings) as store:
            store.events.hooks.start()
            assert store.events.hooks.all() == ()
