"""Topics: an editable table of cues (data/topics.toml), and what the provisions of an instrument are about."""

import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from analyzers.spans import Span
from analyzers.terms import terms
from corpus.clauses.units import Unit, Zone, units_of
from corpus.errors import InputError
from corpus.model import Instrument
from corpus.plain import JsonObject, Record
from corpus.topics.cues import Cue, Indexed, compiled, matched, spelled, triggers, words_of

PRESENT = 0.5
"""A provision is about a topic from this confidence on."""

HEADING_ALONE, HEADING_LATER, HEADING_SUPPORT = 0.6, 0.3, 0.3
"""What a heading proves by itself for the first unit under it, for later ones, and beside a cue."""

RESEMBLES = 0.4
"""Twice the words a sentence shares with an example, to the words of both: from this on it is about the topic."""

_COMMON = frozenset(
    (
        "сторона",
        "договариваться",
        "договаривающийся",
        "настоящий",
        "соглашение",
        "договор",
        "протокол",
        "конвенция",
        "государство",
        "который",
        "свой",
        "друг",
        "мочь",
        "может",
        "соответствие",
        "случай",
        "статья",
        "положение",
        "осуществлять",
        "осуществляться",
        "каждый",
        "такой",
        "также",
    )
)
"""Words every agreement is full of: they make no sentence like another."""

INHERITED = 0.9
"""An item of a list is about what the list is about, a little less surely."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject lawyers compare. `whole_list` keeps the items of its lists from having topics of their own."""

    id: str
    label: str
    description: str
    order: int
    headings: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    examples: tuple[str, ...] = ()
    whole_list: bool = False
    zone: Zone | None = None


@dataclass(frozen=True, slots=True)
class Tagged:
    """A topic of a unit: confidence, the words that show it, and the sentences they stand in (eId, span)."""

    topic: str
    confidence: float
    evidence: tuple[str, ...]
    places: tuple[tuple[str, Span], ...]


# Compared by identity, so that what is learned with a table can be kept beside it.
@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """The table in force, with what makes looking up quick."""

    by_id: Mapping[str, Topic]
    _triggered: Mapping[str, tuple[tuple[Topic, Cue], ...]]
    _headings: tuple[tuple[frozenset[str], Topic], ...]
    _examples: tuple[tuple[frozenset[str], Topic], ...]

    def tag(self, unit: Unit, texts: Mapping[str, str]) -> tuple[Tagged, ...]:
        """Say what a unit is about, surest first."""
        found: dict[str, _Found] = {}
        for sentence in unit.own:
            indexed = Indexed(sentence)
            for topic, cue in self._candidates(indexed, unit.zone):
                places = matched(cue, indexed)
                if places is not None:
                    mine = found.setdefault(topic.id, _Found())
                    mine.add(cue.strength, words_of(indexed, places, texts), (sentence.eid, sentence.span))
            self._resembling(indexed, found)
        self._by_heading(unit, found)
        tagged = [Tagged(i, round(f.confidence, 3), tuple(f.evidence[:3]), tuple(f.places)) for i, f in found.items()]
        return tuple(sorted(tagged, key=lambda t: (-t.confidence, self.by_id[t.topic].order)))

    def named(self, text: str) -> tuple[str, ...]:
        """Return the topics that have just this for a heading."""
        words = _words(text)
        return tuple(dict.fromkeys(topic.id for heading, topic in self._headings if heading == words))

    def _candidates(self, indexed: Indexed, zone: Zone) -> list[tuple[Topic, Cue]]:
        keys = [*indexed.positions, *(b + "*" for b in indexed.beginnings), ""]
        tried: dict[int, tuple[Topic, Cue]] = {}
        for key in keys:
            for topic, cue in self._triggered.get(key, ()):
                if topic.zone is zone or (topic.zone is None and zone is not Zone.PREAMBLE):
                    tried[id(cue)] = (topic, cue)
        return list(tried.values())

    def _resembling(self, indexed: Indexed, found: "dict[str, _Found]") -> None:
        if not self._examples:
            return
        words = _telling(indexed.positions)
        best: dict[str, float] = {}
        for example, topic in self._examples:
            alike = 2 * len(words & example) / max(len(words) + len(example), 1)
            if alike >= RESEMBLES and alike > best.get(topic.id, 0.0):
                best[topic.id] = alike
        for id_, alike in best.items():
            place = (indexed.sentence.eid, indexed.sentence.span)
            found.setdefault(id_, _Found()).add(min(PRESENT + alike - RESEMBLES, 0.95), "похоже на образец", place)

    def _by_heading(self, unit: Unit, found: "dict[str, _Found]") -> None:
        if not unit.heading or unit.owner is not None or unit.zone is Zone.PREAMBLE:
            return
        words = _words(unit.heading)
        sure = any(f.confidence >= PRESENT for f in found.values())
        for heading, topic in self._headings:
            if not heading <= words or len(heading) < len(words) / 2:
                continue
            place = (unit.eid, unit.own[0].span if unit.own else Span(0, len(unit.text)))
            if topic.id in found:
                found[topic.id].add(HEADING_SUPPORT, f"заголовок «{unit.heading}»", None)
            elif not sure:
                alone = HEADING_ALONE if unit.first else HEADING_LATER
                found.setdefault(topic.id, _Found()).add(alone, f"заголовок «{unit.heading}»", place)


class _Found:
    def __init__(self) -> None:
        self.confidence = 0.0
        self.evidence: list[str] = []
        self.places: list[tuple[str, Span]] = []

    def add(self, strength: float, evidence: str, place: tuple[str, Span] | None) -> None:
        self.confidence = 1 - (1 - self.confidence) * (1 - strength)
        if evidence not in self.evidence:
            self.evidence.append(evidence)
        if place and place not in self.places:
            self.places.append(place)


def _telling(lemmas: Iterable[str]) -> frozenset[str]:
    return frozenset(x for x in lemmas if len(x) > 3 and x not in _COMMON)


def _words(text: str) -> frozenset[str]:
    return frozenset(x for t in terms(text) if len(t.form) > 2 for x in t.lemmas[:1])


def load(*files: Path) -> Topics:
    """Read the built-in table and then files of the user's own; a topic of the same id replaces.

    Raise InputError naming the file and the topic when one cannot be read.
    """
    built_in = resources.files("corpus").joinpath("data/topics.toml").read_text("utf-8")
    table: dict[str, Topic] = {}
    classes: dict[str, str] = {}
    for name, text in [("topics.toml", built_in), *((str(f), _text(f)) for f in files)]:
        try:
            read = tomllib.loads(text)
            classes |= {str(n): str(w) for n, w in read.get("words", {}).items()}
            entries = read.get("topic", [])
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"Файл тем {name} не читается: {error}") from error
        for entry in entries:
            topic = _topic(entry, name, table[entry["id"]].order if entry.get("id") in table else len(table), classes)
            table[topic.id] = topic
    return _indexed(table)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Файл тем {file} не читается: {error}") from error


def _topic(entry: JsonObject, name: str, order: int, classes: Mapping[str, str]) -> Topic:
    if not entry.get("id") or not entry.get("label"):
        raise InputError(
            f"Файл тем {name}: у темы {entry.get('label') or entry.get('id') or order + 1} нет id или label."
        )
    try:
        cues = tuple(compiled(spelled(c, classes)) for c in entry.get("cues", ()))
        zone = Zone(entry["zone"]) if "zone" in entry else None
    except (InputError, ValueError) as error:
        raise InputError(f"Файл тем {name}, тема {entry['id']}: {error}") from error
    return Topic(
        str(entry["id"]),
        str(entry["label"]),
        str(entry.get("description", "")),
        order,
        tuple(entry.get("headings", ())),
        cues,
        tuple(entry.get("examples", ())),
        bool(entry.get("list", False)),
        zone,
    )


def _indexed(table: Mapping[str, Topic]) -> Topics:
    triggered: dict[str, list[tuple[Topic, Cue]]] = {}
    for topic in table.values():
        for cue in topic.cues:
            for key in triggers(cue) or {""}:
                triggered.setdefault(key, []).append((topic, cue))
    return Topics(
        dict(table),
        {key: tuple(value) for key, value in triggered.items()},
        tuple((_words(h), t) for t in table.values() for h in t.headings),
        tuple((_telling(x for w in terms(e) for x in w.lemmas), t) for t in table.values() for e in t.examples),
    )


def extended(base: Topics, more: Iterable[Topic]) -> Topics:
    """Return a table with topics added; one of the same id is replaced in its place."""
    return _indexed({**base.by_id, **{t.id: t for t in more}})


@lru_cache(maxsize=4)
def topics(extra: str | None = None) -> Topics:
    """Return the table in force; `extra` (or SVOD_TOPICS) names a file of the user's own topics."""
    extra = extra or os.environ.get("SVOD_TOPICS")
    return load(*([Path(extra)] if extra else []))


def tagged(units: Sequence[Unit], table: Topics | None = None) -> tuple[tuple[Tagged, ...], ...]:
    """Say what each unit is about; items of a list share in its topics."""
    table = table or topics()
    texts = {u.eid: u.text for u in units}
    out: list[tuple[Tagged, ...]] = []
    for unit in units:
        mine = table.tag(unit, texts)
        if unit.owner is not None:
            mine = _inherited(mine, out[unit.owner], unit, table)
        out.append(mine)
    return tuple(out)


def _inherited(mine: tuple[Tagged, ...], owners: tuple[Tagged, ...], unit: Unit, table: Topics) -> tuple[Tagged, ...]:
    strong = [t for t in owners if t.confidence >= PRESENT]
    place = ((unit.eid, Span(0, len(unit.text))),)
    handed = [Tagged(t.topic, round(t.confidence * INHERITED, 3), t.evidence, place) for t in strong]
    if any(table.by_id[t.topic].whole_list for t in strong):
        return tuple(handed)
    have = {t.topic for t in mine}
    return tuple(sorted([*mine, *(t for t in handed if t.topic not in have)], key=lambda t: -t.confidence))


def layer(instrument: Instrument, table: Topics | None = None) -> list[Record]:
    """Return what each provision is about, as the JSON layer `topics` of an instrument.

    An entry is {"eid", "topic", "label", "confidence", "evidence"}; provisions that fit no topic have none.
    """
    units, table = units_of(instrument), table or topics()
    return [
        {
            "eid": unit.eid,
            "topic": t.topic,
            "label": table.by_id[t.topic].label,
            "confidence": t.confidence,
            "evidence": list(t.evidence),
        }
        for unit, found in zip(units, tagged(units, table), strict=True)
        for t in found
        if t.confidence >= PRESENT
    ]
