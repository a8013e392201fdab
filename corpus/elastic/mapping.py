"""The indices of a library, their strict mappings, and what a clause is in them.

A clause's body is written as parallel fields read by the `whitespace` analyzer, equal in length: `form` (exact words),
`l0` (first lemmas), `l1`, `l2`… (further lemmas, `_` where there is none), `p3`, `p4` (beginnings of the words),
`bounds` (where sentences begin and end). So `intervals` with `use_field` sees all readings of a word at its one
position. `bag` and `context` hold all lemmas for BM25 and membership, `pairs` every two lemmas that stand side by side,
for phrases. Positions of heading and text are GAP apart.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from analyzers.terms import READINGS, VERSION
from corpus import codec
from corpus.citations.layered import cited
from corpus.clauses import fields, streams
from corpus.clauses.clause import Clause, clauses
from corpus.clauses.streams import Placed
from corpus.clauses.tree import GAP, INDEXED, FieldName
from corpus.eid import article
from corpus.model import Document
from corpus.plain import JsonObject, Record

SCHEMA = 1
"""Layout of the truth and of the control document."""

SEARCHED = 9
"""Raised when the clauses' mapping or what is written into it changes; `svod reindex` builds the new index."""

FORMAT = f"{SEARCHED}.{VERSION}"
"""Mapping and analysis an index of clauses was made with; it stands in the index's name."""

CLAUSES, STORE, CONTROL = "clauses", "store", "control"
NONE = "_"
LEMMAS = tuple(f"l{i}" for i in range(READINGS))
BEGINNINGS = (3, 4)
"""Lengths of word beginnings with a stream of their own; a longer one is spelt out by the engine."""

FILTERS = tuple(name for name in INDEXED if name is not FieldName.DATE)
FACETS = tuple(name for name in INDEXED if name is not FieldName.CITES)
TOKEN_UNITS = 255
"""UTF-16 units after which the whitespace tokenizer cuts a token in two."""

_WORDS = {"type": "text", "analyzer": "whitespace", "norms": False, "position_increment_gap": GAP}
_BAG = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
_LONGEST_KEY = 8000
_KEY = {"type": "keyword"}
_FOLDED = {"type": "keyword", "ignore_above": _LONGEST_KEY}
_KEPT = {"type": "object", "enabled": False}
_LOADED = {"type": "keyword", "index": False, "doc_values": False}
_FACET = {"type": "keyword", "index": False, "ignore_above": _LONGEST_KEY}
_SET = {"type": "keyword", "doc_values": False}
_COUNT = {"type": "integer", "index": False}
_STREAMS = ("form", "bounds", *LEMMAS, *(f"p{n}" for n in BEGINNINGS))
_DERIVED = (
    *_STREAMS,
    "bag",
    "context_bag",
    "pairs",
    "forms",
    "filter_*",
    "facet_*",
    "key",
    "unit",
    "length",
    "checksum",
    "day",
)

CLAUSE_FIELDS: JsonObject = {
    "gen": {"type": "long"},
    "document": _KEY,
    "eid": _LOADED,
    "key": _KEY,
    "unit": _KEY,
    "kind": _LOADED,
    "order": {"type": "integer", "index": False},
    "heading": _LOADED,
    "text": _LOADED,
    "lead_in": _LOADED,
    "context": _LOADED,
    "path": _LOADED,
    "variants": _KEPT,
    "topics": _LOADED,
    "length": _COUNT,
    "checksum": {"type": "long", "index": False},
    "day": {"type": "integer"},
    "bag": _BAG,
    "context_bag": _BAG,
    "pairs": _SET,
    "forms": _KEY,
    **dict.fromkeys(_STREAMS, _WORDS),
    **{f"filter_{name}": _FOLDED for name in FILTERS},
    **{f"facet_{name}": _FACET for name in (*FACETS, fields.YEAR)},
}

STORE_FIELDS: JsonObject = {
    "gen": {"type": "long"},
    "record": _KEY,
    "name": _KEY,
    "sha256": _KEY,
    "document": _KEY,
    "place": {"type": "integer"},
    "deleted": {"type": "integer"},
    "parts": _COUNT,
    "hash": _LOADED,
    "data": _LOADED,
    "summary": _LOADED,
    "key": _KEY,
}

CONTROL_FIELDS: JsonObject = {"state": {"type": "object", "enabled": False}}

_SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}


def current(index: str) -> bool:
    """Say whether an index of clauses was made with the mapping and analysis of this program."""
    return f"-{CLAUSES}-v{FORMAT}-" in index


def body(part: str) -> Record:
    """Return settings and mapping of a new index for a part of the library."""
    own: JsonObject = {CLAUSES: CLAUSE_FIELDS, STORE: STORE_FIELDS, CONTROL: CONTROL_FIELDS}[part]
    mapping: Record = {
        "dynamic": "strict",
        "_meta": {"svod": SCHEMA if part != CLAUSES else FORMAT},
        "properties": own,
    }
    settings: Record = dict(_SETTINGS)
    if part == CLAUSES:
        mapping["_source"] = {"excludes": list(_DERIVED)}
        settings |= {"index.max_result_window": 200_000}
    if part != CONTROL:
        settings |= {"codec": "best_compression"} if part == STORE else {}
        settings |= {"refresh_interval": "30s"}
    return {"settings": settings, "mappings": mapping}


def fitting(token: str) -> str:
    """Return a token the whitespace tokenizer leaves whole.

    >>> fitting("суд"), len(fitting("𝔄" * 128))
    ('суд', 81)
    """
    if len(token) * 2 <= TOKEN_UNITS or len(token.encode("utf-16-le")) // 2 <= TOKEN_UNITS:
        return token
    return token[:60] + "#" + hashlib.sha256(token.encode()).hexdigest()[:20]


def _values(stream: Sequence[Placed], tokens: Sequence[str]) -> list[str]:
    """Write tokens, one a position, as heading and text (two values, so that the gap stands between them).

    What follows the last token that says something moves nothing, and is left out.
    """
    split = next((i for i, placed in enumerate(stream) if placed.sentence), len(stream))
    end = next((i for i in range(len(tokens), 0, -1) if tokens[i - 1] != NONE), 0)
    heading, text = " ".join(tokens[: min(split, end)]), " ".join(tokens[split:end])
    return [value for value in (heading, text) if value]


def _streams(stream: Sequence[Placed]) -> dict[str, list[str]]:
    forms = [fitting(placed.form) for placed in stream]
    out = {"form": _values(stream, forms), "bounds": _values(stream, _bounds(stream))}
    for length in BEGINNINGS:
        out[f"p{length}"] = _values(stream, [f[:length] if len(f) >= length else NONE for f in forms])
    for i in range(max((len(placed.lemmas) for placed in stream), default=0)):
        readings = [fitting(placed.lemmas[i]) if i < len(placed.lemmas) else NONE for placed in stream]
        out[f"l{i}"] = _values(stream, readings)
    return out


def _bounds(stream: Sequence[Placed]) -> list[str]:
    """Mark the first word of a sentence S, its last E; one of a single word bears no mark."""
    out = []
    for i, placed in enumerate(stream):
        first = i == 0 or stream[i - 1].sentence != placed.sentence
        last = i == len(stream) - 1 or stream[i + 1].sentence != placed.sentence
        out.append(NONE if first == last else "S" if first else "E")
    return out


def _adjacent(stream: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    return ((a, b) for a, b in pairwise(stream) if b.position == a.position + 1)


def pairs(first: Sequence[str], second: Sequence[str]) -> Iterator[str]:
    """Yield every two lemmas of two words that stand side by side, as `pairs` holds them."""
    return (f"{fitting(a)} {fitting(b)}" for a in first for b in second)


def checksum(clause: Clause) -> int:
    """Return 32 bits that change with anything of the clause (sums of 2 million stay exact in a double)."""
    told = json.dumps(
        [
            clause.document,
            clause.eid,
            clause.kind,
            clause.order,
            clause.heading,
            clause.text,
            clause.lead_in,
            clause.context,
            clause.path,
            *codec.to_json(clause.variants),
            clause.topics,
        ],
        ensure_ascii=False,
    )
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:4], "big")


def entries(gen: int, document: Document) -> Iterator[tuple[str, Record]]:
    """Yield the clauses of a document as (id, record)."""
    whole = fields.document_values(document)
    named = cited.keys(document.instrument)
    for clause in clauses(document):
        values = {**whole, **fields.clause_values(clause, named)}
        yield f"{gen}-{document.place}-{clause.order}", _entry(gen, clause, values)


def _entry(gen: int, clause: Clause, values: fields.Values) -> Record:
    stream = streams.body(clause)
    above = streams.context(clause)
    record: Record = {
        "gen": gen,
        "document": clause.document,
        "eid": clause.eid,
        "key": key(clause.document, clause.eid),
        "unit": f"{gen} {key(clause.document, article(clause.eid))}",
        "kind": str(clause.kind),
        "order": clause.order,
        "heading": clause.heading,
        "text": clause.text,
        "lead_in": clause.lead_in,
        "context": list(clause.context),
        "path": list(clause.path),
        "variants": codec.to_json(clause.variants),
        "topics": list(clause.topics),
        "length": len(stream),
        "checksum": checksum(clause),
        "bag": " ".join(fitting(lemma) for placed in stream for lemma in placed.lemmas),
        "context_bag": " ".join(fitting(lemma) for placed in above for lemma in placed.lemmas),
        "pairs": list(dict.fromkeys(chain.from_iterable(pairs(a.lemmas, b.lemmas) for a, b in _adjacent(stream)))),
        "forms": list(dict.fromkeys(fitting(placed.form) for placed in stream)),
        "day": [fields.day(date) for date in values.get(FieldName.DATE, ())],
        **_streams(stream),
    }
    for name in INDEXED:
        own = values.get(name, ())
        if name in FACETS:
            record[f"facet_{name}"] = list(own)
        if name is not FieldName.DATE:
            record[f"filter_{name}"] = list(dict.fromkeys(fields.key(name, value) for value in own))
    record[f"facet_{fields.YEAR}"] = list(fields.year(values))
    return record


def key(document: str, eid: str) -> str:
    """Return the one key of a provision."""
    return f"{document}#{eid}"
