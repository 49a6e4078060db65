"""Checks what browsers need of the retailer's own certificate besides its dates: its chain and its names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography import x509

from hardware.regular_files import read_regular
from kiosk.commands.doctor.finding import Finding, bad, note

_ABOUT: Final = "own certificate"
_MAX_BYTES: Final = 1 << 20


def of_browsers(file: Path, names: tuple[str, ...], wanted: tuple[str, ...]) -> Iterator[Finding]:
    """Findings about a certificate's file. `names`: those of the certificate; `wanted`: those of the configuration."""
    missing = [name for name in wanted if not any(covers(pattern, name) for pattern in names)]
    if missing:
        yield bad(
            _ABOUT,
            f"not for {', '.join(missing)}: a browser that opens the store by this name refuses it",
            "Order a certificate for this name, or take the name out of listen.names.",
        )
    if not _has_chain(file):
        yield note(
            _ABOUT,
            "the file has no chain: most browsers cannot check a certificate without the one that signed it",
            "Write the intermediate certificates after it (often the file is called fullchain.pem).",
        )


def covers(pattern: str, name: str) -> bool:
    """Whether a name of a certificate covers a host's name: `*` stands for one label (RFC 9525, 6.3)."""
    pattern, name = pattern.casefold().rstrip("."), name.casefold().rstrip(".")
    if not pattern.startswith("*."):
        return pattern == name
    first, _, rest = name.partition(".")
    return bool(first) and rest == pattern[2:]


def _has_chain(file: Path) -> bool:
    try:
        found = x509.load_pem_x509_certificates(read_regular(file, _MAX_BYTES))
    except (OSError, ValueError):
        return True  # another finding says that it is no certificate
    return len(found) > 1 or found[0].issuer == found[0].subject
