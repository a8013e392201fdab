"""Compare a quotation with what is printed: exact, normalised, differs, absent; the same everywhere."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from analyzers.lemmas import lemmas, readings
from corpus.citations.quoted.words import Printed, QuotedWords, Word, quoted_words


class QuotationVerdict(StrEnum):
    """What became of a quotation: word for word; but for letters and signs; other words; no such words."""

    EXACT = "exact"
    NORMALISED = "normalised"
    DIFFERS = "differs"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Change:
    """Put `printed` in the place of `quoted`; kind: word number negation order omission addition form, "" alike."""

    quoted: str
    printed: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A quotation against one text: `eid` is the unit it stands in; `why` what was levelled; `likeness` 0 to 1."""

    verdict: QuotationVerdict
    eid: str | None = None
    why: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    likeness: float = 0.0


LIKE = 0.6
"""A quotation at least so like the closest words differs from them; below it is absent."""
MOST_WORDS = 600
"""Words of a quotation that are compared."""
_NEGATIONS = frozenset({"не", "ни", "нет", "без", "никакой"})
_ABSENT = Verdict(QuotationVerdict.ABSENT)
_QUOTES = re.compile("[«»„“”\"‟‘’'‹›]")
_DASHES = re.compile("[-‐‑–—−]")
_BLANKS = re.compile(r"\s++")


def verify(quoted: str, texts: Sequence[Printed]) -> Verdict:
    """Compare a quotation with texts; the best of them counts.

    >>> from corpus.citations.quoted.words import printed
    >>> from corpus.model import Kind, Provision
    >>> text = printed(Provision("art_1", Kind.ARTICLE, "Стороны не несут расходов."))
    >>> [str(verify(q, [text]).verdict) for q in ("не несут расходов", "стороны не несут", "Стороны несут расходы")]
    ['exact', 'normalised', 'differs']
    """
    read = quoted_words(quoted)
    if not read.words or len(read.words) > MOST_WORDS:
        return _ABSENT
    found = [v for t in texts if (v := _standing(read, t))]
    if found:
        return min(found, key=lambda v: (len(v.changes), len(v.why)))
    return max((_closest(read, t) for t in texts), key=lambda v: v.likeness, default=_ABSENT)


def _standing(read: QuotedWords, text: Printed) -> Verdict | None:
    """Find the words in order, each run between gaps side by side."""
    bounds = [0, *sorted(read.gaps), len(read.words)]
    at, pairs = 0, []
    swallowed: list[Change] = []
    for first, last in zip(bounds, bounds[1:], strict=False):
        run = [w.folded for w in read.words[first:last]]
        found = text.find(run, at)
        if found is None:
            return None
        if first and found > at and text.words[found - 1].folded in _NEGATIONS:
            swallowed.append(Change("", text.words[found - 1].form, "negation"))
        pairs += list(zip(range(first, last), range(found, found + len(run)), strict=True))
        at = found + len(run)
    eid = text.owner(pairs[0][1], pairs[-1][1] + 1)
    if swallowed:
        return Verdict(QuotationVerdict.DIFFERS, eid, (), tuple(swallowed), 0.99)
    why = tuple(dict.fromkeys([*read.signs, *_levelled(read, text, pairs)]))
    verdict = QuotationVerdict.NORMALISED if why else QuotationVerdict.EXACT
    return Verdict(verdict, eid, why, (), 1.0)


def _levelled(read: QuotedWords, text: Printed, pairs: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield what had to be levelled for the words to agree."""
    for i, j in pairs:
        quoted, shown = read.words[i], text.words[j]
        yield from _letters(quoted.form, shown.form)
        if i and i not in read.gaps and not read.signs:
            yield from _signs(quoted.before, shown.before)
    last = pairs[-1][1] + 1
    following = text.words[last].before if last < len(text.words) else text.after
    if not read.signs and not _plain(following).startswith(_plain(read.after)):
        yield "знаки препинания"


def _letters(quoted: str, shown: str) -> Iterator[str]:
    if quoted == shown:
        return
    if quoted.replace("ё", "е").replace("Ё", "Е") != quoted or shown.replace("ё", "е").replace("Ё", "Е") != shown:
        yield "ё"
    if quoted.lower().replace("ё", "е") == shown.lower().replace("ё", "е") and quoted[0].islower() != shown[0].islower():
        yield "регистр"
    elif quoted.lower() == shown.lower():
        yield "регистр"


def _plain(between: str) -> str:
    return _BLANKS.sub(" ", between).strip()


def _signs(quoted: str, shown: str) -> Iterator[str]:
    quoted, shown = _plain(quoted), _plain(shown)
    if quoted == shown:
        return
    if _QUOTES.sub("", quoted) == _QUOTES.sub("", shown):
        yield "кавычки"
    elif _DASHES.sub("-", quoted) == _DASHES.sub("-", shown):
        yield "тире"
    else:
        yield "знаки препинания"


def _closest(read: QuotedWords, text: Printed) -> Verdict:
    """Find the run of a text most like the quotation, and where they part."""
    wanted = [w.folded for w in read.words]
    start, end = _window(wanted, text)
    if end <= start:
        return _ABSENT
    shown = [w.folded for w in text.words[start:end]]
    blocks = [b for b in SequenceMatcher(None, wanted, shown, autojunk=False).get_matching_blocks() if b.size]
    if not blocks:
        return _ABSENT
    first = start + max(0, blocks[0].b - blocks[0].a)
    last = min(end, start + blocks[-1].b + len(wanted) - blocks[-1].a)
    shown = [w.folded for w in text.words[first:last]]
    matcher = SequenceMatcher(None, wanted, shown, autojunk=False)
    changes = tuple(_changes(read, text.words[first:last], matcher))
    likeness = _likeness(read, wanted, shown, matcher)
    if likeness < LIKE:
        return Verdict(QuotationVerdict.ABSENT, likeness=likeness)
    held = Counter(text.owners[first + b.b] for b in matcher.get_matching_blocks() for _ in range(b.size))
    return Verdict(QuotationVerdict.DIFFERS, held.most_common(1)[0][0], (), changes, likeness)


def _window(wanted: Sequence[str], text: Printed) -> tuple[int, int]:
    """Return the stretch of a text with most of the quotation's words, as wide as the quotation and half as much."""
    stems = Counter(w[:4] for w in set(wanted))
    size = len(wanted) + len(wanted) // 2 + 3
    marks = [stems.get(w.folded[:4], 0) > 0 for w in text.words]
    inside: Counter[str] = Counter()
    best, where, seen = 0, -1, 0
    for i, word in enumerate(text.words):
        if marks[i]:
            inside[word.folded[:4]] += 1
            seen += inside[word.folded[:4]] == 1
        if i >= size and marks[i - size]:
            gone = text.words[i - size].folded[:4]
            inside[gone] -= 1
            seen -= inside[gone] == 0
        if seen > best:
            best, where = seen, i
    if where < 0 or best < 0.4 * len(stems):
        return 0, 0
    return max(0, where + 1 - size - len(wanted) // 2), min(len(text.words), where + 1 + len(wanted))


def _likeness(
    read: QuotedWords, wanted: Sequence[str], shown: Sequence[str], matcher: "SequenceMatcher[str]"
) -> float:
    """Return the likeness of two runs of words: forms of one word count nearly whole, an order changed a little less."""
    shared, skipped = 0.0, 0
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            shared += i2 - i1
        elif tag == "insert" and i1 in read.gaps:
            skipped += j2 - j1
        elif tag == "replace":
            shared += sum(0.8 for a, b in zip(wanted[i1:i2], shown[j1:j2], strict=False) if _kin(a, b))
    total = len(wanted) + max(len(wanted), len(shown) - skipped)
    bag = sum((Counter(wanted) & Counter(shown)).values())
    reordered = 0.85 * bag / len(wanted) if len(wanted) > 3 else 0.0
    return max(2 * shared / total, reordered)


def _kin(one: str, other: str) -> bool:
    return bool(set(lemmas(one)) & set(lemmas(other)))


def _changes(read: QuotedWords, shown: Sequence[Word], matcher: "SequenceMatcher[str]") -> Iterator[Change]:
    """Yield the runs of both texts in order; runs alike have no kind, words left out by «…» are not told."""
    codes = matcher.get_opcodes()
    moved = Counter(w.folded for w in read.words) == Counter(w.folded for w in shown)
    for tag, i1, i2, j1, j2 in codes:
        quoted = " ".join(w.form for w in read.words[i1:i2])
        printed = " ".join(w.form for w in shown[j1:j2])
        if tag == "insert" and i1 in read.gaps and shown[j2 - 1].folded not in _NEGATIONS:
            continue
        kind = "" if tag == "equal" else "order" if moved else _kind(read.words[i1:i2], shown[j1:j2])
        yield Change(quoted, printed, kind)


def _kind(quoted: Sequence[Word], shown: Sequence[Word]) -> str:
    a, b = [w.folded for w in quoted], [w.folded for w in shown]
    if _NEGATIONS & (set(a) ^ set(b)):
        return "negation"
    if not a:
        return "omission"
    if not b:
        return "addition"
    if any(map(_counts, a)) or any(map(_counts, b)):
        return "number"
    return "form" if len(a) == len(b) and all(map(_kin, a, b)) else "word"


def _counts(word: str) -> bool:
    return word[0].isdigit() or any(r.pos == "NUMR" for r in readings(word))
