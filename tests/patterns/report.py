"""Hold what was recorded against the checker; at the end of a run of tests too."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

import pytest

from tests.patterns.linear import SEARCHED
from tests.patterns.recording import Entry, seen, write
from tests.patterns.source import UNKNOWN, uses_of
from tests.patterns.verdicts import judged


def failing(entries: Iterable[Entry]) -> list[str]:
    """Say of each pattern that is not linear its file, line, reason and text."""
    uses: dict[Entry, set[str]] = defaultdict(set)
    for entry in entries:
        text_of_bytes = entry.pattern.startswith("b:")
        flags = entry.flags if text_of_bytes or entry.flags & re.ASCII else entry.flags | re.UNICODE
        uses[entry._replace(use="", flags=flags)].add(entry.use)
    asked = [(entry, _searched(entry, known)) for entry, known in sorted(uses.items())]
    told = judged([(entry.pattern, entry.flags, searched) for entry, searched in asked])
    return [line for (entry, _), why in zip(asked, told, strict=True) for line in _lines(entry, why)]


def _searched(entry: Entry, known: AbstractSet[str]) -> bool:
    used = known | (uses_of(entry.file, entry.line) if "" in known else set())
    return bool(used & (SEARCHED | {UNKNOWN}))


def _lines(entry: Entry, why: Iterable[str]) -> list[str]:
    shown = entry.pattern.encode("utf-8", "backslashreplace").decode()
    return [f"{entry.file}:{entry.line}: {reason}\n    {shown}" for reason in why]


class Recording:
    """The plugin: workers of xdist hand over what they recorded, the run fails where a pattern is not linear."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node) -> None:
        """Take over a worker's record."""
        told = getattr(node, "workeroutput", {}).get("patterns", "[]")
        seen.update(Entry(*e) for e in json.loads(told))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the record over, or hold it against the checker."""
        if hasattr(session.config, "workeroutput"):
            # As ASCII: a pattern may hold a lone surrogate, which execnet does not carry.
            session.config.workeroutput["patterns"] = json.dumps([tuple(e) for e in seen])
            return
        write(seen)
        self._lines = failing(seen)
        if self._lines and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter) -> None:
        """Name the patterns."""
        if self._lines:
            terminalreporter.section(f"{len(self._lines)} patterns are not linear by form", red=True)
            for line in self._lines:
                terminalreporter.line(line)
