"""Record every pattern that reaches `re` from the four packages, with how it is used; `start` before they are imported."""

import json
import re
import sys
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from pathlib import Path
from re import Pattern
from types import FrameType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("analyzers", "corpus", "ingest", "search_api")
RECORD = ROOT / ".patterns"
"""What the last run of tests recorded."""


class Entry(NamedTuple):
    """A pattern as it reached `re`: file (from the root), line, text, flags, and one use, "" for being compiled."""

    file: str
    line: int
    pattern: str
    flags: int
    use: str


seen: set[Entry] = set()
_USES = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
_REAL = {name: getattr(re, name) for name in ("compile", *_USES)}


class Recorded:
    """Stands for a compiled pattern, passes for one, and remembers what is asked of it."""

    __slots__ = ("__dict__", "_entry", "_pattern")

    def __init__(self, pattern: Pattern[str], entry: Entry) -> None:
        self._pattern = pattern
        self._entry = entry

    @property
    def __class__(self) -> type:
        return Pattern

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._pattern, name)
        if name in _USES or name == "scanner":
            seen.add(self._entry._replace(use=name))
            self.__dict__[name] = found  # once is enough: what follows costs nothing
        return found

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return re._compile, (self._pattern.pattern, self._pattern.flags)

    def __copy__(self) -> "Recorded":
        return self

    def __deepcopy__(self, _memo: object) -> "Recorded":
        return self

    def __eq__(self, other: object) -> bool:
        return self._pattern == (other._pattern if type(other) is Recorded else other)

    def __hash__(self) -> int:
        return hash(self._pattern)

    def __repr__(self) -> str:
        return repr(self._pattern)


def start() -> None:
    """Put recording functions in the place of those of `re`; doing it again changes nothing."""
    if re.compile is not _REAL["compile"]:
        return
    re.compile = _compile  # type: ignore[assignment]
    for name in _USES:
        setattr(re, name, _function(name))


@wraps(_REAL["compile"])
def _compile(pattern: Any, flags: Any = 0) -> Any:
    compiled = _REAL["compile"](pattern, flags)
    entry = _entry(sys._getframe(1), compiled, "")
    if entry is None or type(compiled) is Recorded:
        return compiled
    seen.add(entry)
    return Recorded(compiled, entry)


def _function(name: str) -> Callable[..., Any]:
    real = _REAL[name]

    @wraps(real)
    def recording(pattern: Any, *args: Any, **named: Any) -> Any:
        if isinstance(pattern, str | bytes):
            flags = named.get("flags", args[-1] if args and isinstance(args[-1], re.RegexFlag) else 0)
            entry = _entry(sys._getframe(1), pattern, name, flags)
            if entry is not None:
                seen.add(entry)
        return real(pattern, *args, **named)

    return recording


def _entry(frame: FrameType | None, pattern: Any, use: str, flags: int = 0) -> Entry | None:
    frame = _ours(frame)
    if frame is None:
        return None
    text, flags = (pattern.pattern, pattern.flags) if isinstance(pattern, Pattern) else (pattern, int(flags))
    text = text if isinstance(text, str) else "b:" + text.decode("latin-1")
    return Entry(str(Path(frame.f_code.co_filename).relative_to(ROOT)), frame.f_lineno, text, flags, use)


def _ours(frame: FrameType | None) -> FrameType | None:
    """Return the frame of a package that compiles: the caller, or who made lark compile a grammar of ours."""
    lark = False
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.partition(".")[0] in PACKAGES:
            return frame if Path(frame.f_code.co_filename).is_relative_to(ROOT) else None
        if not module.startswith("lark.") or (lark and module == "lark.load_grammar"):
            return None
        lark = True
        frame = frame.f_back
    return None


def digest(file: str) -> str:
    """Tell a source file's state, so that a record is not held against a source that has changed since."""
    path = ROOT / file
    return sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else ""


def write(entries: set[Entry]) -> None:
    """Keep a record for `python -m tests.patterns`."""
    states = {e.file: digest(e.file) for e in entries}
    RECORD.write_text(json.dumps({"files": states, "entries": sorted(entries)}), "utf-8")


def recorded() -> set[Entry]:
    """Return what the last run of tests recorded of files that have not changed since."""
    if not RECORD.exists():
        return set()
    kept = json.loads(RECORD.read_text("utf-8"))
    same = {file for file, state in kept["files"].items() if digest(file) == state}
    return {Entry(*e) for e in kept["entries"] if e[0] in same}
