"""Files of certificates (`ca_file`) that a connector's other side must show: examined before they are used."""

from __future__ import annotations

import ssl
import stat
from pathlib import Path


def ca_file_mistake(file: Path | None) -> str:
    """Why a file (PEM) cannot be used, and what to do; empty if it can, or if none is named."""
    if file is None:
        return ""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return f"{file}: is no file; write the path of a file with certificates (PEM) into `ca_file`"
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=str(file))
    except ssl.SSLError:
        return f"{file}: has no certificates (PEM)"
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        return f"{file}: {reason}; correct `ca_file`, or let the store's user read it"
    return ""
