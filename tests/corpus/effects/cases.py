"""Tables of cases: under «## head» a line each, its answer in lines set in by two blanks; «?» marks what is known unread."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Line:
    """A case as it stands in its table; `known` says that it is known not to be read yet, and told so."""

    head: str
    text: str
    known: bool
    answer: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return what a report shows."""
        return f"{self.head}: {self.text[:90]}"


def lines(*names: str) -> Iterator[Line]:
    """Read tables of this folder, one after another."""
    for name in names:
        yield from _table(name)


def _table(name: str) -> Iterator[Line]:
    head, last = "", None
    for line in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if line.startswith("## "):
            head = line[3:]
        elif line.startswith("  ") and last:
            last.answer.append(line[2:])
        elif line and not line.startswith("#"):
            if last:
                yield last
            last = Line(head, line.removeprefix("?"), line.startswith("?"))
    if last:
        yield last
