"""Where a query matches in a clause's text, by our own offsets: every operator, alternatives and distances included."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyzers.spans import Span, merged
from analyzers.terms import Term
from corpus.clauses import streams
from corpus.clauses.clause import Clause
from corpus.clauses.tree import And, Form, Near, Node, Or, Phrase, Prefix, Within, Word
from corpus.search.answers import Means
from corpus.search.meaning.concepts import Choice, QueryWord

TURN = 8
"""Positions a turn of speech may be spread over to be shown as one."""

MOST_STEPS = 20_000
"""Tries at placing the parts of a distance; a query of many repeated words is shown in part."""

Leaf = Word | Form | Prefix


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Positions start..end (half-open) that a word or phrase takes, in one sentence."""

    start: int
    end: int
    sentence: int


class Streams:
    """A clause's body as positions, and the way back to its text."""

    def __init__(self, clause: Clause) -> None:
        self.words = streams.body(clause)
        self.found: Sequence[Term] = streams.terms_of(clause)
        self._first = len(self.words) - len(self.found)

    def spans(self, positions: Iterable[int]) -> Iterator[Span]:
        """Yield the places in the text of positions of the body; the heading has none."""
        by_position = {word.position: i for i, word in enumerate(self.words)}
        for position in positions:
            i = by_position.get(position, -1) - self._first
            if i >= 0:
                yield Span(self.found[i].start, self.found[i].end)


def highlights(
    clause: Clause, node: Node | None, wishes: Sequence[tuple[QueryWord, Choice | None]]
) -> tuple[Span, ...]:
    """Return the disjoint spans of the text that answer the conditions and the wished words."""
    body = Streams(clause)
    spans = list(body.spans(_positions(node, body))) if node else []
    for word, choice in wishes:
        if not word.idle:
            spans.extend(_wished(body.found, (word.lemmas,)))
        if choice:
            spans.extend(_wished(body.found, choice.members))
    return _glued(merged(spans), clause.text)


def bridges(clause: Clause, wishes: Sequence[tuple[QueryWord, Choice | None]]) -> tuple[Span, ...]:
    """Return the spans of the text that stand for words of the query without being of their families."""
    found = streams.terms_of(clause)
    own = {span for word, _ in wishes if not word.idle for span in _wished(found, (word.lemmas,))}
    told = [
        span
        for _, choice in wishes
        if choice and choice.means not in (None, Means.DERIVATION)
        for span in _wished(found, choice.members)
        if span not in own
    ]
    return _glued(merged(told), clause.text)


def _glued(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Join spans with nothing but blanks between them."""
    out: list[Span] = []
    for span in spans:
        if out and not text[out[-1].end : span.start].strip():
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def _wished(found: Sequence[Term], members: Sequence[Sequence[str]]) -> Iterator[Span]:
    """Yield the places of a word, or of a turn of speech where its words stand close to one another."""
    places = [[i for i, term in enumerate(found) if not set(member).isdisjoint(term.lemmas)] for member in members]
    if len(members) == 1:
        yield from (Span(found[i].start, found[i].end) for i in places[0])
        return
    held = [at for at in places if at]
    if len(held) * 2 <= len(members):
        return
    for k, at in enumerate(held):
        others = [other for j, other in enumerate(held) if j != k]
        for i in at:
            if all(any(abs(i - o) <= TURN for o in other) for other in others):
                yield Span(found[i].start, found[i].end)


def _positions(node: Node, body: Streams) -> set[int]:
    match node:
        case And(parts) | Or(parts):
            return {position for part in parts for position in _positions(part, body)}
        case Near():
            return _near(node, body)
        case Word() | Form() | Prefix() | Phrase():
            return {p for place in _places(node, body) for p in range(place.start, place.end)}
        case _:
            return set()


def _answers(leaf: Leaf, form: str, lemmas: Sequence[str]) -> bool:
    match leaf:
        case Word(lemmas=wanted):
            return any(lemma in wanted for lemma in lemmas)
        case Form(wanted):
            return form == wanted
        case Prefix(start):
            return form.startswith(start)


def _places(part: Leaf | Phrase, body: Streams) -> list[FoundPlace]:
    """Return where a word or phrase stands."""
    leaves = part.words if isinstance(part, Phrase) else (part,)
    out = []
    words = body.words
    for i in range(len(words) - len(leaves) + 1):
        run = words[i : i + len(leaves)]
        if run[-1].position - run[0].position == len(leaves) - 1 and all(
            _answers(leaf, word.form, word.lemmas) for leaf, word in zip(leaves, run, strict=True)
        ):
            out.append(FoundPlace(run[0].position, run[-1].position + 1, run[0].sentence))
    return out


def _near(node: Near, body: Streams) -> set[int]:
    """Return the positions that take part in any way to place the parts near one another."""
    options = [_places(part, body) for part in node.parts]
    if node.within is Within.ARTICLE:
        return {p for places in options for place in places for p in range(place.start, place.end)}
    taken: set[int] = set()
    steps = [0]

    def extend(chosen: tuple[FoundPlace, ...], i: int) -> None:
        steps[0] += 1
        if steps[0] > MOST_STEPS or (chosen and not _allowed(node, chosen, final=i == len(options))):
            return
        if i == len(options):
            taken.update(p for place in chosen for p in range(place.start, place.end))
            return
        for place in options[i]:
            apart = all(place.end <= other.start or other.end <= place.start for other in chosen)
            if apart and (not node.ordered or not chosen or chosen[-1].end <= place.start):
                extend((*chosen, place), i + 1)

    extend((), 0)
    return taken


def _allowed(node: Near, chosen: Sequence[FoundPlace], *, final: bool) -> bool:
    """Say whether places may still be (or are) near enough; words yet to come may fill at most their own number."""
    if node.within is Within.SENTENCE and len({place.sentence for place in chosen}) > 1:
        return False
    stretch = max(p.end for p in chosen) - min(p.start for p in chosen)
    free = stretch - sum(p.end - p.start for p in chosen)
    to_come = (
        sum(len(part.words) if isinstance(part, Phrase) else 1 for part in node.parts[len(chosen) :])
        if not final
        else 0
    )
    return free <= node.distance + to_come
