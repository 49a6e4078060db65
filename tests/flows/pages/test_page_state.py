"""The associates' page without a store: which of two states is the later, when it rings, what two tabs keep."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.flows.browser import chromium

SCRIPTS = Path(__file__).parents[3] / "kiosk/store/console"
PLACE = "http://page.test/associate/"
FLOOR = """async ({ first, then, me }) => {
  const { Floor } = await import("/associate/floor/floor.js");
  const floor = new Floor(), rang = [];
  for (const [name, body] of [...first, ...then]) {
    rang.push(name === "Floor" ? floor.replace(body, me) : floor.request(body, me));
  }
  return { rang, open: floor.open(me).map((one) => `${one.request_id} ${one.state}`) };
}"""
OUTBOX = """async () => {
  const { Outbox } = await import("/associate/base/outbox.js");
  window.refusals = [];
  window.box = new Outbox({
    send: () => new Promise(() => {}), applied() {}, refused: (entry) => refusals.push(entry.id),
    online: () => window.up, changed() {}, signedOut() {},
  });
  box.me = "a-ines";
}"""
ADD = "(id) => { box.add({ kind: 'move', id, verb: 'claim', words: {}, room: '1', label: 'claim' }); }"
IDS = "() => JSON.parse(localStorage.outbox).map((one) => one.id)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def answer(route: Route) -> None:
    name = route.request.url.removeprefix(PLACE)
    if name.endswith(".js"):
        route.fulfill(path=SCRIPTS / name, content_type="text/javascript")
    else:
        route.fulfill(body="<title>page</title>", content_type="text/html")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as opened:
        opened.route("**/*", answer)
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return tab(context)


def tab(context: BrowserContext) -> Page:
    opened = context.new_page()
    opened.goto(PLACE)
    return opened


def state(name: str, revision: int, *, asked_id: str | None = None, rung: int = 0) -> dict[str, Any]:
    waits = name == "received"
    return {
        "request_id": "r1", "state": name, "revision": revision, "waits": waits, "asked_id": asked_id, "rung": rung,
        "is_open": name not in {"done", "cancelled"}, "sort_key": [0, 0, 0], "associate_id": None,
    }  # fmt: skip


def snapshot(*requests: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "Floor", {"requests": requests, "rooms": []}


def changed(one: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return "RequestChanged", one


def test_a_late_answer_brings_back_nothing_that_is_over(page: Page) -> None:
    found = page.evaluate(FLOOR, {
        "me": "a-ines", "first": [snapshot(state("received", 1))],
        "then": [changed(state("claimed", 2)), changed(state("received", 1)), changed(state("done", 3)),
                 changed(state("claimed", 2))],
    })  # fmt: skip
    assert found == {"rang": [True, False, False, False, False], "open": []}


@pytest.mark.parametrize(
    ("then", "left"),
    [
        pytest.param(
            [snapshot(), changed(state("claimed", 2))], [], id="an answer after what a new connection lists"
        ),
        pytest.param(
            [changed(state("claimed", 2)), snapshot(state("received", 1))], ["r1 claimed"], id="an old list"
        ),
        pytest.param(
            [changed(state("done", 3)), snapshot(state("received", 1))], [], id="an old list of what is over"
        ),
    ],
)
def test_a_list_and_an_answer_that_cross_leave_the_later_state(
    page: Page, then: list[Any], left: list[str]
) -> None:
    first = [snapshot(state("received", 1))]
    assert page.evaluate(FLOOR, {"me": "a-ines", "first": first, "then": then})["open"] == left


@pytest.mark.parametrize(
    ("now", "rings"),
    [
        pytest.param(state("received", 3), True, id="its holder is gone"),
        pytest.param(state("claimed", 3), False, id="another one has it"),
    ],
)
def test_what_waits_again_since_the_connection_was_lost_rings(
    page: Page, now: dict[str, Any], rings: bool
) -> None:
    found = page.evaluate(
        FLOOR, {"me": "a-ines", "first": [snapshot(state("claimed", 2))], "then": [snapshot(now)]}
    )
    assert found["rang"] == [False, rings]


def test_a_request_rings_only_where_something_can_be_done_with_it(page: Page) -> None:
    """The stockroom is told of requests, and has no actions for them."""
    asked = [{**state("received", 1), "request_id": "r2", "actions": actions} for actions in ([], ["claim"])]
    for one, rings in zip(asked, (False, True), strict=True):
        found = page.evaluate(FLOOR, {"me": "a-ines", "first": [snapshot()], "then": [changed(one)]})
        assert found["rang"] == [False, rings]


@pytest.mark.parametrize(("asked", "rings"), [("a-ines", True), ("a-jonas", False)])
def test_an_escalation_while_the_connection_was_lost_rings_for_whom_it_asks(
    page: Page, asked: str, rings: bool
) -> None:
    later = state("received", 2, asked_id=asked, rung=1)
    found = page.evaluate(
        FLOOR, {"me": "a-ines", "first": [snapshot(state("received", 1))], "then": [snapshot(later)]}
    )
    assert found["rang"] == [True, rings]


def test_what_asks_me_by_name_stands_before_what_asks_everybody(page: Page) -> None:
    listed = [
        {**state("received", 1), "request_id": "old", "sort_key": [0, 0, 1]},
        {**state("received", 1, asked_id="a-ines"), "request_id": "asked", "sort_key": [0, 0, 2]},
        {**state("claimed", 1), "request_id": "mine", "associate_id": "a-ines", "sort_key": [1, 0, 3]},
    ]
    found = page.evaluate(FLOOR, {"me": "a-ines", "first": [snapshot(*listed)], "then": []})
    assert found["open"] == ["mine claimed", "asked received", "old received"]


def kept_by_two_tabs(context: BrowserContext) -> list[str]:
    """What is stored after two tabs have added an action each.

    Chromium passes what a tab stores to the process of another one a moment later.
    """
    one, two = tab(context), tab(context)
    for each in (one, two):
        each.evaluate(OUTBOX)
    one.evaluate(ADD, "r1")
    two.wait_for_function("() => localStorage.outbox")
    two.evaluate(ADD, "r2")
    found: list[str] = two.evaluate(IDS)
    return found


def test_two_tabs_lose_no_action(context: BrowserContext) -> None:
    assert kept_by_two_tabs(context) == ["r1", "r2"]


def test_planted_fault_a_tab_that_writes_what_it_remembers_loses_one(context: BrowserContext) -> None:
    def forgetful(route: Route) -> None:
        text = (SCRIPTS / "base/outbox.js").read_text("utf-8")
        looks = "to(this.#alone ? this.entries : stored())"
        assert looks in text
        # the other tab's message has not arrived: it remembers what was there when it was opened
        route.fulfill(body=text.replace(looks, "to(this.remembered ??= [])"), content_type="text/javascript")

    context.route("**/base/outbox.js", forgetful)
    assert kept_by_two_tabs(context) == ["r2"]


def test_an_action_that_has_waited_for_half_a_day_is_told_and_not_sent(page: Page) -> None:
    page.evaluate(OUTBOX)
    page.evaluate(ADD, "r1")
    page.evaluate("() => { const all = box.entries.map((one) => ({ ...one, at_ms: one.at_ms - 13 * 3600e3 }));"
                  " localStorage.outbox = JSON.stringify(all); }")  # fmt: skip
    page.reload()
    page.evaluate(OUTBOX)
    page.evaluate("() => { window.up = true; return box.flush(); }")
    assert page.evaluate("refusals") == ["r1"]
    assert page.evaluate(IDS) == []
