"""What the running store has seen of reverse proxies: whose callers it cannot tell apart, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from kiosk.commands.doctor.finding import Finding, State

_ABOUT: Final = "reverse proxy"
_HEADER: Final = (
    "nginx: `proxy_set_header X-Forwarded-For $remote_addr;` in the location of the store, then reload it. Caddy, and"
    " Apache with mod_proxy, send it by themselves unless a rule removes it."
)
_UNTIL: Final = "What was seen is told until the store is started again."
_SAYS: Final[Mapping[str, Finding]] = {
    "unnamed": Finding(
        _ABOUT,
        State.BAD,
        "a proxy on this computer does not say for whom it asks (requests: {count}): no limit of callers holds for"
        " them, and associates may sign in by it on devices that were not paired",
        f"Let it send X-Forwarded-For. {_HEADER}",
    ),
    "no-address": Finding(
        _ABOUT,
        State.BAD,
        "a proxy on this computer sends an X-Forwarded-For that is no address (requests: {count}): all of its callers"
        " share the limits of one",
        f"Let it send the caller's address. {_HEADER}",
    ),
    "another-before": Finding(
        _ABOUT,
        State.NOTE,
        "a proxy on this computer always names {address} as its caller: another proxy or load balancer is before it,"
        " and all of its callers share the limits of one",
        "Let the proxy of this computer take the caller's address from the one before it (nginx: `set_real_ip_from"
        " {address}; real_ip_header X-Forwarded-For;`).",
    ),
    "elsewhere": Finding(
        _ABOUT,
        State.NOTE,
        "requests with the headers of a proxy come from {address} (requests: {count}): if a reverse proxy runs there,"
        " all of its callers share the limits of one address, since another computer's word is not taken",
        "Run the proxy on the store's computer, and give it /r alone. If none runs there, a device of the shop's"
        " network pretends to be one.",
    ),
    "one-address": Finding(
        _ABOUT,
        State.NOTE,
        "{count} mirrors or stands come from {address}: a proxy or a router that translates addresses stands between,"
        " and they share the limits of one address while they start",
        "Connect mirrors, stands and associates' devices to the store itself, without a proxy or address translation.",
    ),
}  # fmt: skip


def look(running: Mapping[str, Any]) -> Iterator[Finding]:
    """The findings in the health report of a running store; none where no store runs."""
    given = running.get("proxies")
    for one in given if isinstance(given, list) else ():
        said = _SAYS.get(str(one.get("sign"))) if isinstance(one, dict) else None
        if said is not None:
            facts = {"address": str(one.get("address", "")), "count": str(one.get("count", ""))}
            advice = f"{said.advice.format_map(facts)} {_UNTIL}"
            yield replace(said, found=said.found.format_map(facts), advice=advice)
