"""Which documents may cite a document: keys of the acts each clause names, held in the index as a field of clauses."""

from collections.abc import Iterator, Mapping

from corpus.citations.layered.layer import LAYER, layer
from corpus.citations.resolve.catalogue import Entry, number_key, stems
from corpus.clauses.tree import And, Field, FieldName, Node, Or
from corpus.model import Instrument
from corpus.plain import JsonObject

_ACTING_LAYERS = ("effects", "force")
_ACTS = "e:1"
ACTING = Field(FieldName.CITES, (_ACTS,))
"""Asks for the clauses that do something to another act: amend, end, suspend it."""
SURE = 8
"""Words a title shares with a name that is longer or shorter: as many prove likeness whatever the rest."""


def keys(instrument: Instrument) -> Mapping[str, tuple[str, ...]]:
    """Return the keys of the acts named in each provision, by eId: dates, numbers and stems of titles.

    >>> named = {"lemma": "приказ", "title": "приказ о мешках", "date": "2020-06-03"}
    >>> row = {"eid": "art_1", "citation": {"named": named}}
    >>> keys(Instrument("order", "", layers={"references": [row]}))
    {'art_1': ('d:2020-06-03', 'w:мешка')}
    """
    found: dict[str, dict[str, None]] = {}
    for eid, named in _names(instrument):
        found.setdefault(eid, {}).update(dict.fromkeys(_keys(named)))
    for layer_name in _ACTING_LAYERS:
        for row in instrument.layers.get(layer_name, ()):
            found.setdefault(row["eid"], {})[_ACTS] = None
    return {eid: tuple(own) for eid, own in found.items()}


def _names(instrument: Instrument) -> Iterator[tuple[str, JsonObject]]:
    """Yield the acts named in provisions as the layer has them, read now when the instrument has no layer."""
    rows = instrument.layers.get(LAYER)
    for row in layer(instrument) if rows is None else rows:
        if named := row["citation"].get("named"):
            yield row["eid"], named


def _keys(named: JsonObject) -> Iterator[str]:
    if date := named.get("date"):
        yield f"d:{date}"
    if number := named.get("number"):
        yield f"n:{number_key(number)}"
    if not named.get("bare"):
        yield from (f"w:{stem}" for stem in sorted(stems(named["title"], named["lemma"])))


def citing(entry: Entry) -> Node:
    """Ask for the clauses that may name a document: by its date, its number, or enough words of its title.

    Every name the catalogue would take for the document is met: a name without the date or number in common must
    share half the title's words (see `catalogue`), hence two of any set of words that leaves fewer than that out.
    """
    parts: list[Node] = []
    if entry.date:
        parts.append(Field(FieldName.CITES, (f"d:{entry.date}",)))
    if entry.number:
        parts.append(Field(FieldName.CITES, (f"n:{number_key(entry.number)}",)))
    states = stems(" ".join(sorted(entry.states)), "")
    words = [f"w:{w}" for w in sorted(entry.subject, key=lambda w: (w in states, -len(w), w))]
    least = min(max(3, -(-len(words) // 2)), SURE, len(words))
    some = words[: len(words) - least + 2]
    if least < 2:
        parts += [Field(FieldName.CITES, tuple(words))] if words else []
    else:
        parts += [
            And((Field(FieldName.CITES, (word,)), Field(FieldName.CITES, tuple(some[i + 1 :]))))
            for i, word in enumerate(some[:-1])
        ]
    return parts[0] if len(parts) == 1 else Or(tuple(parts))
