"""Authorities (`ca_file`) that the certificate of a connector's other side must come from: examined, and trusted."""

from __future__ import annotations

import ssl
import stat
from pathlib import Path


def trusting(ca_file: Path | None) -> ssl.SSLContext:
    """The client's side of TLS that trusts the authorities of a file (PEM), else those of the system.

    Chain, dates and name of a certificate are checked, with the same result on every version of Python. From 3.13 on,
    Python refuses authorities that lack a field which RFC 5280 demands (`VERIFY_X509_STRICT`), as those of devices and
    of a shop's own network often do: a computer that is upgraded would lose its printer, register or mail server.

    Raises OSError for a file that cannot be used.
    """
    context = ssl.create_default_context(cafile=ca_file)
    if ca_file is not None:
        context.verify_flags &= ~ssl.VerifyFlags.VERIFY_X509_STRICT
    return context


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
