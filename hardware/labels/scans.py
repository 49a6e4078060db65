"""What a scanner sent for one label, before it is parsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from hardware.labels.keyboard_layouts import Stroke

MAX_LENGTH: Final = 1024
"""Characters of one text that are kept."""
FUNCTION_KEY: Final = "\uf8ff"
"""Stands for a function or arrow key, which some scanners send before or after a text."""
ENDS: Final = {"\r": "Enter", "\n": "Enter", "\t": "Tab", "\x03": "ETX", "\x04": "EOT"}
"""Control characters that end a text, with their names."""
# group separators are part of a text; so are record separators of ISO/IEC 15434
_AROUND: Final = (
    "".join(chr(code) for code in range(0x20) if code not in (0x1D, 0x1E)) + " \x7f\ufeff" + FUNCTION_KEY
)


@dataclass(frozen=True, slots=True)
class Scan:
    """One text. `end`: name of the key or character that ended it, empty for a pause; `fault`: why it cannot be used,
    empty if it can; `strokes`: the keys of a keyboard scanner."""

    text: str
    end: str = ""
    fault: str = ""
    strokes: tuple[Stroke, ...] = ()


class ScanDecoder(Protocol):
    """Takes bytes as they come and returns the complete texts."""

    @property
    def pending(self) -> bool:
        """Whether a text has begun that is not complete."""
        ...

    def feed(self, chunk: bytes) -> list[Scan]: ...

    def begun(self) -> Scan | None:
        """The text that has begun, as it is now; it is not taken."""
        ...

    def pause(self) -> list[Scan]:
        """Ends the text that has begun, because the scanner sends nothing more."""
        ...


def cleaned(text: str, prefix: str = "", suffix: str = "") -> str:
    """The text without control characters, blanks and function keys around it, and without prefix and suffix."""
    content = text.strip(_AROUND).removeprefix(prefix)
    return (content.removesuffix(suffix) if suffix else content).strip(_AROUND)
