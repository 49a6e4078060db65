"""Value types of the configuration, checked when a file is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from kiosk import paths
from kiosk.config.mistakes import nearest
from kiosk.core.domain.currency_digits import CURRENCY_DIGITS

Language = Literal["en", "de", "fr", "es", "it", "ja", "zh", "ar"]
"""ISO 639-1 codes of the mirror's languages."""

SCANNER_SCHEMES = ("serial", "keyboard")
"""URI schemes of label scanners."""

Name = Annotated[str, Field(min_length=1, max_length=80)]


class Section(BaseModel):
    """Base of all configuration sections: immutable, unknown keys are mistakes."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, validate_default=True
    )


def text(value: object) -> object:
    """Accept integers as text: YAML reads a room named 3 as a number. Booleans stay mistakes."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _minor_units(given: object) -> object:
    """Refuse an amount with a decimal point: 500.00 would be taken as 500 cents."""
    if isinstance(given, float) or (isinstance(given, str) and re.fullmatch(r"[0-9_]+[.,][0-9]*", given)):
        what = "minor units (cents) as a whole number, for instance 50000 for EUR 500.00"
        raise ValueError(f"`{given}` has a decimal point; write {what}")
    return given


MinorUnits = Annotated[int, BeforeValidator(_minor_units), Field(ge=0)]
"""An amount in the smallest unit of the shop's currency."""


def _shaped(pattern: str, what: str, given: str) -> str:
    if not re.fullmatch(pattern, given):
        raise ValueError(f"`{given}` is not {what}")
    return given


def shaped(pattern: str, what: str) -> AfterValidator:
    """Validator: the text must match `pattern`; `what` describes the expected form."""
    check: Callable[[str], str] = partial(_shaped, pattern, what)
    return AfterValidator(check)


def _currency(code: str) -> str:
    if code not in CURRENCY_DIGITS:
        raise ValueError(
            f"`{code}` is not a currency of ISO 4217 in which prices are made{nearest(code, CURRENCY_DIGITS)}"
        )
    return code


def _time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"`{name}` is not a time zone{nearest(name, available_timezones())}")
    return name


def _no_address(given: object) -> object:
    """A path, not an address: `https://...` would be taken as a folder of that name."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://", given) if isinstance(given, str) else None
    if found is None:
        return given
    if found[1].lower() == "file":
        raise ValueError("is an address; write the path alone, as in /srv/shop/feed")
    raise ValueError(f"is an address ({found[1]}://); write the path of a file or folder of this computer")


def _placed(path: Path, info: ValidationInfo) -> Path:
    """Resolve a relative path against the configuration file's folder."""
    base = info.context.get("base") if isinstance(info.context, dict) else None
    path = path.expanduser()
    return Path(base) / path if base is not None and not path.is_absolute() else path


def _examples(schemes: tuple[str, ...]) -> str:
    """How an address begins: each way where there are some, the first one where there are many or two alike."""
    return ", ".join(f"{scheme}://..." for scheme in (schemes if 2 < len(schemes) <= 6 else schemes[:1]))


def _uri(schemes: tuple[str, ...], given: str) -> str:
    found = re.match(r"^([a-z][a-z0-9+.-]*)://", given)
    if not found:
        raise ValueError(f"`{_without_login(given)}` is not an address; write one like {_examples(schemes)}")
    if found[1] not in schemes:
        raise ValueError(f"unknown scheme `{found[1]}`{nearest(found[1], schemes)}")
    return given


def _with_port(given: str) -> str:
    """An address whose host and port can be read. Its parts are never shown: they may be secret."""
    try:
        port = urlsplit(given).port
    except ValueError:
        raise ValueError("is not an address: the host or the port is wrong") from None
    if port == 0:
        raise ValueError("is not an address: the port is a number from 1 to 65535")
    return given


def _web_address(given: str) -> str:
    parts = urlsplit(_with_port(given))
    if not parts.hostname or re.search(r"[\s\x00-\x1f]", given):
        raise ValueError("is not an address: write HOST or HOST:PORT after the two slashes, without blanks")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("is not an address: no user name, `?` or `#` belongs here")
    return given


def _without_login(given: str) -> str:
    return re.sub(r"(//|^)[^/]*@", r"\1", given)


def _key_place(configured: Path) -> Path:
    return paths.key_file(configured)


with_port = AfterValidator(_with_port)
"""Validator: the host and the port of an address can be read."""
web_address = AfterValidator(_web_address)
"""Validator: an HTTP address without user, query and fragment. It stands after `uri("http", "https")`."""


def uri(*schemes: str) -> AfterValidator:
    """Validator: an address with one of these schemes; its other parts are checked by the driver that uses it."""
    check: Callable[[str], str] = partial(_uri, schemes)
    return AfterValidator(check)


Currency = Annotated[str, shaped(r"[A-Z]{3}", "an ISO 4217 code such as EUR"), AfterValidator(_currency)]
Key = Annotated[
    str,
    BeforeValidator(text),
    shaped(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", "a name of letters, digits, - and _"),
]
"""Name of a room or reader, as used in URLs and the log."""
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Place = Annotated[Path, BeforeValidator(_no_address), AfterValidator(_placed)]
KeyPlace = Annotated[Place, AfterValidator(_key_place)]
"""A file with a key; as the store's service, it is read from systemd's copy."""


class Log(Section):
    """Level and format of the log."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    as_json: bool = False
    """true: one JSON object a line instead of text."""
