"""The contents of a document: units by their headings, those without by their topics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.lexicon.units_of_acts import NAMES
from corpus.model import Kind
from search_api.web.views import Node

_HOLDING = {Kind.SECTION, Kind.PART, Kind.CHAPTER, Kind.ATTACHMENT}
_TOPICS, _WORDS = 3, 6
"""Topics, or words, that name a unit without a heading."""


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents and those under it."""

    eid: str
    kind: str
    name: str
    inner: tuple["ContentsLine", ...] = ()


def contents(tree: Sequence[Node]) -> list[ContentsLine]:
    """Return the lines of a document's contents: its units, and what stands in sections and attachments."""
    return [_line(node) for node in tree]


def _line(node: Node) -> ContentsLine:
    inner = (child for child in node.children if child.titled) if Kind(node.kind) in _HOLDING else ()
    return ContentsLine(node.eid, node.kind, named(node), tuple(map(_line, inner)))


def named(node: Node) -> str:
    """Name a unit: «Статья 6. Расходы», «Ст. 10 · отказ, уведомление», «П. 3 · утвердить порядок возврата»."""
    if node.heading:
        return " ".join(filter(None, [node.label, node.heading]))
    unit = NAMES[Kind(node.kind)]
    number = node.label.removeprefix(unit.name).strip().rstrip(".)")
    short = f"{unit.written[0].upper()}{unit.written[1:]} {number}" if number else unit.name
    topics = list(dict.fromkeys(_topics(node)))[:_TOPICS] if number else []
    about = ", ".join(map(_small, topics))
    words = "".join(run.text for run in node.runs).split() if number and not about else []
    about = about or " ".join(words[:_WORDS]).rstrip(".,;:") + ("…" if len(words) > _WORDS else "")
    return f"{short} · {about}" if about else short


def _small(topic: str) -> str:
    """Begin a topic with a small letter unless it begins with an abbreviation."""
    return topic if topic[1:2].isupper() else f"{topic[:1].lower()}{topic[1:]}"


def _topics(node: Node) -> Iterator[str]:
    yield from node.topics
    for child in node.children:
        yield from _topics(child)
