"""What a query matches, by brute force: the definition every engine must equal (corpus.clauses.tree in plain code).

It shares with the product only the analysis of words and sentences and the clauses of a document.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from analyzers.sentences import sentences
from analyzers.terms import terms
from corpus import eid as eids
from corpus.clauses.clause import Clause, clauses
from corpus.clauses.tree import (
    GAP,
    And,
    Everything,
    Field,
    FieldName,
    Form,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Picked,
    Prefix,
    Within,
    Word,
)
from corpus.model import Document, Kind


class Token(NamedTuple):
    """A word of a stream; `clause` and `sentence` say what it stands in, `running` counts without gaps in an article."""

    position: int
    form: str
    lemmas: tuple[str, ...]
    clause: int = 0
    sentence: int = 0
    running: int = 0


class Seen(NamedTuple):
    """A clause as the oracle sees it."""

    clause: Clause
    document: Document
    body: tuple[Token, ...]
    context: tuple[Token, ...]


Key = tuple[str, str]


class Oracle:
    """All clauses of some documents."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.seen = [
            Seen(clause, document, _body(clause, n), _context(clause))
            for document in documents
            for n, clause in enumerate(clauses(document))
        ]
        self._units: defaultdict[Key, list[Seen]] = defaultdict(list)
        for seen in self.seen:
            self._units[seen.document.id, _unit(seen.clause)].append(seen)
        self._articles: dict[tuple[Near, str, str], set[int]] = {}

    def matching(self, query: Node) -> set[Key]:
        """Return (document, eId) of the clauses that match."""
        return {(s.clause.document, s.clause.eid) for s in self.seen if self._matches(query, s)}

    def counts(self, keys: set[Key], name: str) -> dict[str, int]:
        """Count clauses by printed value of a field, or by year."""
        out: Counter[str] = Counter()
        for seen in self.seen:
            if (seen.clause.document, seen.clause.eid) in keys:
                date = seen.document.instrument.date
                values = (
                    [date[:4]] if name == "year" and date else [] if name == "year" else _values(FieldName(name), seen)
                )
                out.update(set(values))
        return dict(sorted(out.items(), key=lambda item: (-item[1], item[0])))

    def _matches(self, node: Node, seen: Seen) -> bool:
        match node:
            case And(parts):
                return all(self._matches(p, seen) for p in parts)
            case Or(parts):
                return any(self._matches(p, seen) for p in parts)
            case Not(part):
                return not self._matches(part, seen)
            case Word():
                return any(_fits(node, t) for t in seen.body + (seen.context if node.context else ()))
            case Form() | Prefix():
                return any(_fits(node, t) for t in seen.body)
            case Phrase(words):
                return bool(_runs(words, seen.body))
            case Near(within=Within.ARTICLE):
                return seen.clause.order in self._orders(node, seen)
            case Near():
                return any(True for _ in self._arrangements(node, seen))
            case Field():
                return _holds(node, seen)
            case Everything():
                return True
            case Picked(keys):
                return (seen.clause.document, seen.clause.eid) in keys

    def _orders(self, near: Near, seen: Seen) -> set[int]:
        key = (near, seen.document.id, _unit(seen.clause))
        if key not in self._articles:
            chosen = self._arrangements(near, seen)
            self._articles[key] = {t.clause for taken in chosen for t in taken}
        return self._articles[key]

    def _arrangements(self, near: Near, seen: Seen) -> Iterable[list[Token]]:
        stream = self._article(seen) if near.within is Within.ARTICLE else seen.body
        places = [_runs(p.words if isinstance(p, Phrase) else (p,), stream) for p in near.parts]
        for choice in product(*places):
            taken = [t for run in choice for t in run]
            positions = [t.running if near.within is Within.ARTICLE else t.position for t in taken]
            if len(set(positions)) < len(positions):
                continue
            if near.ordered and positions != sorted(positions):
                continue
            if max(positions) - min(positions) + 1 - len(positions) > near.distance:
                continue
            if near.within is Within.SENTENCE and len({t.sentence for t in taken}) > 1:
                continue
            yield taken

    def _article(self, seen: Seen) -> tuple[Token, ...]:
        """Return the words of the clause's article (or outermost provision), numbered without gaps."""
        own = self._units[seen.document.id, _unit(seen.clause)]
        words = [t for s in sorted(own, key=lambda s: s.clause.order) for t in s.body]
        return tuple(t._replace(running=i) for i, t in enumerate(words))


def _body(clause: Clause, number: int) -> tuple[Token, ...]:
    heading, text = terms(clause.heading), terms(clause.text)
    spans = sentences(clause.text)
    out = [Token(i, t.form, t.lemmas, number, 0) for i, t in enumerate(heading)]
    for i, t in enumerate(text):
        sentence = 1 + next(n for n, span in enumerate(spans) if span.start <= t.start < span.end)
        out.append(Token(len(heading) + GAP + i, t.form, t.lemmas, number, sentence))
    return tuple(out)


def _context(clause: Clause) -> tuple[Token, ...]:
    return tuple(Token(0, t.form, t.lemmas) for text in clause.context for t in terms(text))


def _unit(clause: Clause) -> str:
    chain = [*clause.path, clause.eid]
    return next((e for e in chain if e.split("__")[-1].startswith("art_")), chain[0])


def _fits(word: Word | Form | Prefix, token: Token) -> bool:
    match word:
        case Word(lemmas=lemmas):
            return bool(set(lemmas) & set(token.lemmas))
        case Form(form):
            return token.form == form
        case Prefix(prefix):
            return token.form.startswith(prefix)


def _runs(words: Sequence[Word | Form | Prefix], stream: Sequence[Token]) -> list[list[Token]]:
    """Return every run of words side by side, in one clause, that answers the words in order."""
    out = []
    for i in range(len(stream) - len(words) + 1):
        run = list(stream[i : i + len(words)])
        together = all(b.position == a.position + 1 and b.clause == a.clause for a, b in pairwise(run))
        if together and all(_fits(w, t) for w, t in zip(words, run, strict=True)):
            out.append(run)
    return out


def _holds(field: Field, seen: Seen) -> bool:
    if field.name is FieldName.DATE:
        return _dated(field, seen.document.instrument.date)
    return bool(
        {_folded(v, field.name) for v in field.values} & {_folded(v, field.name) for v in _values(field.name, seen)}
    )


def _dated(field: Field, date: str | None) -> bool:
    if not date:
        return False
    if any(date.startswith(value) for value in field.values):
        return True
    ranged = field.low is not None or field.high is not None
    return ranged and (field.low or "") <= date and date[: len(field.high or "")] <= (field.high or "")


def _values(name: FieldName, seen: Seen) -> list[str]:
    instrument, clause = seen.document.instrument, seen.clause
    articles = [s.num for s in eids.parse(clause.eid) if s.kind is Kind.ARTICLE]
    layer = instrument.layers.get("topics", ())
    found = {
        FieldName.DOCUMENT: [seen.document.id],
        FieldName.SOURCE: [seen.document.source, seen.document.source.split("/")[-1]],
        FieldName.TYPE: [instrument.type],
        FieldName.PARTY: instrument.parties,
        FieldName.BODY: [instrument.issuer],
        FieldName.PLACE: [instrument.place],
        FieldName.NUMBER: [instrument.number],
        FieldName.LANGUAGE: instrument.languages,
        FieldName.ARTICLE: articles[:1],
        FieldName.KIND: [clause.kind],
        FieldName.TOPIC: [item["topic"] for item in layer if item["eid"] in (*clause.path, clause.eid)],
        FieldName.TITLE: [instrument.title],
    }[name]
    return [str(v) for v in found if v]


def _folded(value: str, name: FieldName) -> str:
    value = " ".join(value.lower().replace("ё", "е").split())
    return value.replace(".", "-") if name is FieldName.ARTICLE else value
