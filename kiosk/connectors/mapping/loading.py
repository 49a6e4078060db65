"""Reads mapping files and the presets that are shipped; a mapping may extend a preset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale, UnknownLocaleError

from kiosk.config import ConfigError, Mistake
from kiosk.config.load import file_text, parse_section
from kiosk.config.mistakes import nearest
from kiosk.connectors.mapping.model import FIELDS, MappingFile

_PRESETS: Final = Path(__file__).with_name("presets")
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")


@cache
def preset_names() -> tuple[str, ...]:
    """Names of the presets."""
    return tuple(sorted(file.stem for file in _PRESETS.glob("*.yaml")))


def load_mapping(named: str) -> MappingFile:
    """A preset by its name, or a mapping file by its path. Raises ConfigError with all mistakes."""
    if named in preset_names():
        return _loaded(_PRESETS / f"{named}.yaml", named, ())
    file = Path(named)
    if _NAME.fullmatch(named) and not file.exists():
        what = (
            f"is no preset and no file{nearest(named, preset_names())}; presets: {', '.join(preset_names())}"
        )
        raise ConfigError(named, [Mistake((), None, what)])
    return _loaded(file, named, ())


def _loaded(file: Path, where: str, above: tuple[str, ...]) -> MappingFile:
    return complete(parse_section(MappingFile, file_text(file), where), where, above)


def complete(mapping: MappingFile, where: str, above: tuple[str, ...] = ()) -> MappingFile:
    """A mapping with the entries of the preset that it extends. Raises ConfigError with all mistakes.

    `above`: presets that extend it."""
    if mapping.extends:
        if mapping.extends not in preset_names():
            what = f"`{mapping.extends}` is no preset{nearest(mapping.extends, preset_names())}"
            raise ConfigError(where, [Mistake(("extends",), None, what)])
        if mapping.extends in above:
            raise ConfigError(where, [Mistake(("extends",), None, "extends itself")])
        base = _loaded(_PRESETS / f"{mapping.extends}.yaml", mapping.extends, (*above, mapping.extends))
        mapping = with_entries_of(base, mapping)
    if mistakes := list(_mistakes(mapping)):
        raise ConfigError(where, mistakes)
    return mapping


def with_entries_of(base: MappingFile, more: MappingFile) -> MappingFile:
    """The entries of both; where both have one, that of `more` holds."""
    return MappingFile.model_validate(
        _merged(base.model_dump(exclude_unset=True), more.model_dump(exclude_unset=True))
    )


def _merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of both; of the fields of a section too. Where both have one, that of `more` holds."""
    merged = {**base, **more}
    for name in ("style", "item", "stock", "places"):
        if name in base and name in more:
            merged[name] = {**base[name], **more[name]}
    return merged


def _mistakes(mapping: MappingFile) -> Iterator[Mistake]:
    for section, known in FIELDS.items():
        for field in getattr(mapping, section):
            if field not in known:
                yield Mistake((section, field), None, f"is no field of the feed{nearest(field, known)}")
    if not (mapping.style or mapping.item or mapping.stock):
        yield Mistake((), None, "has neither style, item nor stock; write one, or `extends` with a preset")
    if mapping.item and not mapping.style:
        yield Mistake(("item",), None, "needs the section style")
    if mapping.encoding:
        try:
            "".encode(mapping.encoding)
        except (LookupError, ValueError):
            yield Mistake(("encoding",), None, "is not known; use for example cp1252")
    if mapping.locale:
        try:
            Locale.parse(mapping.locale)
        except (UnknownLocaleError, ValueError):
            yield Mistake(("locale",), None, "is not a locale; use for example de_CH")
