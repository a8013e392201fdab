"""Which documents of a library an instrument's name can mean."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

from analyzers.lemmas import is_known
from analyzers.letters import folded
from corpus.citations.parsed import Named
from corpus.citations.read.names import UNKNOWN
from corpus.lexicon.acts import TYPES, WORDS
from corpus.lexicon.countries import find_states
from corpus.lexicon.declension import head
from corpus.library import Summary
from corpus.model import Document, InstrumentType

_WORD = re.compile(r"[а-яёa-z0-9]{3,}+")
_IGNORED = {"года", "сог", "проек", "федер", "нему"}
SAME_SUBJECT, LIKE_SUBJECT = 0.85, 0.5
_ALONE = 3
"""Words a name and a title share where neither date nor number does."""


_BETWEEN = {
    "межправительственн": re.compile("Правительств"),
    "межведомственн": re.compile(
        "(?:Федеральн|Государственн|Национальн)?[а-яё]{0,4} ?(?!Правительств)(?:Мин|Служб|служб|Агентств|агентств|"
        "Комитет|комитет|Ведомств|Департамент|Суд|Верховн|Генеральн|Прокуратур|Архив|Академ|Банк|Управлени|Фонд|Центр)"
    ),
    "межгосударственн": re.compile("(?!Правительств|Мин)"),
}
"""What the first party of an act is called that is «between governments», «between bodies», «between states»."""


@dataclass(frozen=True)
class Entry:
    """A document as far as its name goes."""

    id: str
    source: str
    place: int
    type: str
    title: str
    date: str | None
    number: str | None
    issuer: str | None
    parties: tuple[str, ...] = ()
    signed: str | None = None
    """Where it was signed: «Минская конвенция»."""

    @classmethod
    def of(cls, summary: Summary) -> "Entry":
        """Take the name out of a summary."""
        s = summary
        return cls(s.id, s.source, s.place, s.type, s.title, s.date, s.number, s.issuer, s.parties, s.place_signed)

    @classmethod
    def of_document(cls, document: Document) -> "Entry":
        """Take the name out of a document."""
        act = document.instrument
        return cls(
            document.id,
            document.source,
            document.place,
            act.type,
            act.title,
            act.date,
            act.number,
            act.issuer,
            act.parties,
            act.place,
        )

    @cached_property
    def lemma(self) -> str:
        """Return the type word of the document."""
        found = head(self.title)
        if found and found[1] in WORDS:
            return found[1]
        return TYPES[InstrumentType(self.type)].word or "акт"

    @cached_property
    def subject(self) -> frozenset[str]:
        """Return the stems of the title's words and the issuer's."""
        return stems(f"{self.title} {self.issuer or ''}", self.lemma)

    @cached_property
    def short(self) -> frozenset[str]:
        """Return what the bodies that made it are called for short: «МВД», «ГП», «Минюст» as stems of its letters."""
        bodies = (*self.parties, self.issuer or "", *re.findall(r"(?:между|и) ([А-ЯЁ][^,;]{3,120})", self.title))
        return frozenset(a for body in bodies for a in _acronyms(body))

    def between(self, kind: str) -> bool:
        """Say whether it was made between governments, bodies below them, or states: «межведомственное соглашение»."""
        bodies = self.parties or tuple(re.findall(r"(?:между|и) ([А-ЯЁ][^,;]{3,120})", self.title))
        return any(_BETWEEN[kind].match(body) for body in bodies)

    @cached_property
    def states(self) -> frozenset[str]:
        """Return the codes of the states the title and the issuer name."""
        return _states(f"{self.title} {self.issuer or ''}")


@lru_cache(maxsize=20_000)
def _states(title: str) -> frozenset[str]:
    return frozenset(state.code for _, state in find_states(title))


_MINISTRY = re.compile(r"(?<![А-Яа-яЁё])Мин(?P<of>[а-яё]{3,})")
_OF = {
    "фин": "финансов",
    "юст": "юстиции",
    "транс": "транспорта",
    "энерго": "энергетики",
    "здрав": "здравоохранения",
    "эконом": "экономического",
    "пром": "промышленности",
    "торг": "торговли",
    "обр": "образования",
    "строй": "строительства",
    "сельхоз": "сельского",
}
"""What stands for more than its beginning in «Минфин», «Минюст»."""


def _ministry(short: re.Match[str]) -> str:
    """Write «Минкультуры» out: what follows «Мин» is the name of the ministry, or the beginning of it."""
    of = short["of"]
    known = next((full for part, full in _OF.items() if of.startswith(part)), None)
    return f"Министерство {known or of}" if known or is_known(of) else short[0]


@lru_cache(maxsize=20_000)
def stems(title: str, lemma: str) -> frozenset[str]:
    """Return the beginnings of a title's words without its type word, states by their official names."""
    for span, state in reversed(find_states(title)):
        title = title[: span.start] + state.name + title[span.end :]
    words = _WORD.findall(folded(_MINISTRY.sub(_ministry, title)))
    return frozenset(w[:5] for w in words if not w.startswith(lemma[:5])) - _IGNORED


class Catalogue:
    """The documents of a library, found by date, number and words of the title."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_date: dict[str, list[Entry]] = {}
        self._by_number: dict[str, list[Entry]] = {}
        self._by_source: dict[str, list[Entry]] = {}
        self._by_id = {e.id: e for e in self.entries}
        for entry in self.entries:
            self._by_source.setdefault(entry.source, []).append(entry)
            if entry.date:
                self._by_date.setdefault(entry.date, []).append(entry)
            if entry.number:
                self._by_number.setdefault(number_key(entry.number), []).append(entry)

    @classmethod
    def of(cls, summaries: Sequence[Summary]) -> "Catalogue":
        """Build the catalogue of a library's documents."""
        return cls(Entry.of(s) for s in summaries)

    def of_id(self, document: str) -> Entry | None:
        """Return a document by its id."""
        return self._by_id.get(document)

    def siblings(self, entry: Entry) -> list[Entry]:
        """Return the other documents of the same file."""
        return [e for e in self._by_source.get(entry.source, ()) if e.id != entry.id]

    def annexed_to(self, entry: Entry) -> list[Entry]:
        """Return the acts printed right after one that have neither a day nor parties of their own: its annexes.

        The next agreement of a book is none: «приложение 1 к настоящему Соглашению» that is not printed is not found.
        """
        after = sorted((e for e in self.siblings(entry) if e.place > entry.place), key=lambda e: e.place)
        return list(takewhile(lambda e: not (e.date or e.parties), after))

    def approved(self, named: Named, approving: Iterable[Entry]) -> list[Entry]:
        """Return what a name can mean of what acts have put into force: of the acts printed with them that so named."""
        after = [e for a in approving for e in self.annexed_to(a)]
        if named.lemma == UNKNOWN:
            return after if len(after) == 1 else []
        own = [e for e in after if same_type(named, e)]
        words = stems(named.title, named.lemma)
        called = [e for e in own if words <= e.subject]
        return called if words else own

    def candidates(self, named: Named, near: Entry | None = None) -> list[Entry]:
        """Return the documents a name can mean, those of the citing document's file alone when there are any."""
        told = _Told.by(named)
        scored = [(_likeness(told, e), e) for e in self._pool(named, near)]
        kept = [(score, e) for score, e in scored if score > 0]
        best = max((score for score, _ in kept), default=0)
        found = [e for score, e in kept if score >= best - 0.15]
        own = [e for e in found if near and e.source == near.source]
        return own if len(own) == 1 and len(found) > 1 else found

    def called(self, named: Named) -> list[Entry]:
        """Return the documents a short name fits: by its type, its year, and its words, all of them in the title.

        «Соглашения с Казахстаном», «между Верховными Судами», «российско-казахстанского Соглашения», «Соглашение МВД».
        """
        return [e for e in self._typed(named) if _calls(named, e)]

    def _typed(self, named: Named) -> list[Entry]:
        return [e for e in self.entries if same_type(named, e)]

    def _pool(self, named: Named, near: Entry | None) -> list[Entry]:
        pool: dict[str, Entry] = {}
        for entry in (
            *(self._by_source.get(near.source, ()) if near else ()),
            *(self._by_date.get(named.date, ()) if named.date else ()),
            *(self._by_number.get(number_key(named.number), ()) if named.number else ()),
            *(() if named.date and named.number else self._titled(named)),
        ):
            pool[entry.id] = entry
        return list(pool.values())

    def _titled(self, named: Named) -> Iterable[Entry]:
        """Yield documents of the type that may be meant by title alone (undated, or the name is).

        Such a one shares _ALONE words with the name, or all that there are: one of its rarest is among them.
        """
        word, words = WORDS.get(named.lemma), stems(_quoted(named) or named.title, named.lemma)
        lemmas = {named.lemma, *(TYPES[t].word or "" for t in (word.types if word else ()))}
        rarest = sorted(words, key=lambda w: len(self._by_stem.get(w, ())))[: max(len(words) - _ALONE, 0) + 1]
        for entry in (e for w in rarest for e in self._by_stem.get(w, ())):
            if entry.lemma in lemmas and not (named.date and entry.date):
                yield entry

    @cached_property
    def _by_stem(self) -> Mapping[str, Sequence[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for stem in entry.subject:
                found.setdefault(stem, []).append(entry)
        return found


_SMALL = frozenset(
    {"между", "при", "для", "под", "над", "обо", "или", "года", "году", "год", "его", "том", "чем", "этом", "сторон"}
)
_LONG_STEM = 5


def _calls(named: Named, entry: Entry) -> bool:
    """Say whether every word of a short name stands in a document's title, or is its bodies' initials."""
    if not _same_marks(named, entry) or not _states(named.title) <= entry.states:
        return False
    title = _MINISTRY.sub(_ministry, named.title)
    for span, _ in reversed(find_states(title)):
        title = title[: span.start] + title[span.end :]
    words = _telling(title, named.lemma)
    if not words:
        return bool(named.year or named.date or named.number or len(title) < len(named.title))
    known = stems(f"{entry.title} {' '.join(entry.parties)} {entry.issuer or ''} {entry.signed or ''}", entry.lemma)
    return all(_tells(w, entry, known) for w in words)


def _tells(word: str, entry: Entry, known: frozenset[str]) -> bool:
    """Say whether a word of a short name is told of a document: who made it, or what it is about."""
    kind = next((kind for kind in _BETWEEN if word.lower().startswith(kind)), None)
    if kind:
        return entry.between(kind)
    return word in entry.short if word.isupper() else _kin(word.lower(), known)


def _same_marks(named: Named, entry: Entry) -> bool:
    """Say whether a document has the date, year and number that a name has."""
    if not (entry.date or "").startswith(named.date or named.year or ""):
        return False
    return not named.number or number_key(named.number) == number_key(entry.number or "")


def _telling(title: str, lemma: str) -> list[str]:
    """Return the words of a name that tell acts apart: not its type, no small words, initials in capitals."""
    words = re.findall(r"[А-ЯЁа-яё]{2,64}", title.replace("ё", "е").replace("Ё", "Е"))
    words = [w for w in words if w.lower()[:_LONG_STEM] != lemma[:_LONG_STEM] and w.lower() not in _SMALL]
    return [w for w in words if len(w) > 2 or w.isupper()]


def _kin(word: str, known: frozenset[str]) -> bool:
    """Say whether a word or a form of it is known; short words change within their first five letters."""
    stem = word[:_LONG_STEM]
    if stem in known:
        return True
    return len(word) <= _LONG_STEM + 1 and any(
        k[: max(3, len(stem) - 2)] == stem[: max(3, len(stem) - 2)] and len(k) <= len(stem) + 1 for k in known
    )


@lru_cache(maxsize=20_000)
def _acronyms(body: str) -> tuple[str, ...]:
    """Return the initials of a body's name, with and without its state's.

    >>> _acronyms("Министерство внутренних дел Республики Казахстан")
    ('МВ', 'МВД', 'МВДР', 'МВДРК')
    """
    initials = "".join(w[0].upper() for w in re.findall(r"[А-ЯЁа-яё]{3,}", body)[:6])
    return tuple(initials[:n] for n in range(2, len(initials) + 1))


def number_key(number: str) -> str:
    """Write a number as numbers are compared: without blanks, «№» and the «-ФЗ» that people leave out."""
    return re.sub(r"[\s№n]++|-фк?з$", "", number.lower())


def same_type(named: Named, entry: Entry) -> bool:
    """Say whether a document can be called so."""
    word = WORDS.get(named.lemma)
    if named.lemma == UNKNOWN and named.date and named.number:
        return True
    return entry.lemma == named.lemma or (word is not None and word.general and entry.type in word.types)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a name tells of the act it means, read once for all documents it may fit."""

    named: Named
    words: frozenset[str]
    states: frozenset[str]
    quoted: frozenset[str]
    """The words of a title in quotes: whole, whoever issued the act."""

    @classmethod
    def by(cls, named: Named) -> "_Told":
        """Read a name."""
        words, quoted = (stems(title, named.lemma) for title in (named.title, _quoted(named)))
        return cls(named, words, _states(named.title), quoted)

    def may_mean(self, entry: Entry, *, dated: bool, numbered: bool) -> bool:
        """Say whether a document is called so and has no other year, date or number."""
        named = self.named
        if not same_type(named, entry) or (dated and named.date != entry.date):
            return False
        if named.year and not (entry.date or "").startswith(named.year):
            return False
        return not numbered or number_key(named.number or "") == number_key(entry.number or "")

    def of_states(self, entry: Entry) -> bool:
        """Say whether a document may be of the states the name tells."""
        return not self.states or not entry.states or self.states <= entry.states


def _quoted(named: Named) -> str:
    """Return the title in quotes that ends a name; "" for none."""
    return named.title.partition("«")[2].rstrip("»") if named.title.endswith("»") else ""


def _likeness(told: _Told, entry: Entry) -> float:
    """Score how well a name fits a document: 0 not at all, 1 type with date or number, up to 2 with the same words."""
    named = told.named
    dated, numbered = bool(named.date and entry.date), bool(named.number and entry.number)
    if not told.may_mean(entry, dated=dated, numbered=numbered):
        return 0
    if told.quoted and told.quoted == stems(entry.title, entry.lemma) and told.states <= entry.states:
        return 2.0
    if told.words:
        score = _shared(told.words, entry.subject, sure=dated or numbered, certain=dated and numbered)
    else:
        score = 1.0 if dated or (numbered and not (named.date and entry.date)) else 0
    return score if score and told.of_states(entry) else 0


def _shared(words: frozenset[str], subject: frozenset[str], *, sure: bool, certain: bool) -> float:
    """Score the words a name and a title share; without a date or number in common they must nearly agree."""
    shared = len(words & subject)
    if not sure and shared < _ALONE and words != subject:
        return 0
    part = shared / max(min(len(words), len(subject)), 1)
    whole = shared / max(len(words) + len(subject) - shared, 1)
    if sure:
        return 1.0 + whole if certain or part >= LIKE_SUBJECT else 0
    near = part >= SAME_SUBJECT and (whole >= LIKE_SUBJECT or shared >= 8) and shared >= _ALONE
    return 0.5 + whole / 2 if near or words == subject else 0
