"""Landlock: a confined child opens no file, reaches no port and signals nobody outside, whatever code it runs."""

import ctypes
import struct
import sys
from functools import cache
from typing import Final

_CREATE, _RESTRICT = 444, 446
"""System calls newer than the split of the tables: one number on every architecture."""
_VERSION: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_FILES: Final = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 5: 0xFFFF}
"""Ways to touch files, by the version of Landlock that first knows them; what is handled and not allowed is denied."""
_PORTS, _SCOPES = 0b11, 0b11
"""Bind and connect (from version 4); abstract sockets and signals of processes outside (from 6)."""


@cache
def version() -> int:
    """Return which Landlock this kernel has; 0 for none, or for one that is switched off."""
    if sys.platform != "linux":
        return 0
    return max(int(ctypes.CDLL(None, use_errno=True).syscall(_CREATE, None, 0, _VERSION)), 0)


def refuse_paths() -> bool:
    """Have the kernel refuse files, ports and signals to this process for good; say whether it does."""
    if not version():
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    rules = _handled(version())
    ruleset = libc.syscall(_CREATE, rules, len(rules), 0)
    if ruleset < 0 or libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    held = not libc.syscall(_RESTRICT, ruleset, 0)
    libc.close(ruleset)
    return held


def _handled(known: int) -> bytes:
    """Write `struct landlock_ruleset_attr` as a version knows it.

    >>> _handled(1) == struct.pack("<Q", 0x1FFF), len(_handled(4)), len(_handled(7))
    (True, 16, 24)
    """
    files = _FILES[max(since for since in _FILES if since <= known)]
    words = (files, *((_PORTS,) if known >= 4 else ()), *((_SCOPES,) if known >= 6 else ()))
    return struct.pack(f"<{len(words)}Q", *words)
