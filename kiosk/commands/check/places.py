"""Checks what both programs need of the machine: the state folder, and names of hosts in addresses."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

from hardware.drivers.uri.hosts import host_mistake


def state_mistake(folder: Path) -> str:
    """Why the state folder cannot be there; empty if it is there or can be made."""
    there = next(parent for parent in (folder, *folder.parents) if _exists(parent))
    if not there.is_dir():
        return f"{there} is not a folder"
    # a service's folder that is missing is made by systemd, whatever its user may write
    taken = os.geteuid() != os.getuid()
    if (there == folder or not taken) and not os.access(there, os.W_OK | os.X_OK, effective_ids=True):
        return f"{there}: this user cannot write there; run this as the user of the service, or with sudo"
    return ""


def url_mistake(url: str) -> str:
    """What is wrong with the host of an address; empty if nothing."""
    host = urlsplit(url).hostname or ""
    return host_mistake(host, bracketed=":" in host) or "" if host else ""


def listen_mistake(host: str) -> str:
    """Why the store cannot listen at this address of the machine; empty if it can. No port is used."""
    if wrong := host_mistake(host, bracketed=":" in host):
        return wrong
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        try:
            probe.bind((host, 0))
        except OSError as error:
            return f"`{host}` is no address of this computer ({(error.strerror or str(error)).lower()})"
    return ""


def port_note(host: str, port: int) -> str:
    """Why the store could not listen at this port now; empty if it could. The running store itself uses its port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"`{port}`: this user may not listen at a port below 1024"
        except OSError as error:
            return f"`{port}`: {(error.strerror or str(error)).lower()}, perhaps by the running store"
    return ""


def _exists(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:
        # a parent that this user may not enter
        return False
