"""The editable knowledge of legal language: `corpus/data/synonyms.txt`, read once and looked up by lemmas."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files

from analyzers.lemmas import lemmas
from analyzers.terms import Term, terms
from corpus.search.answers import Means
from corpus.search.meaning.stems import SHORTEST, paired, stem, unprefixed

Member = tuple[str, ...]
"""The lemmas one word may have."""


class _Section(StrEnum):
    FAMILIES = "производные"
    SYNONYMS = "синонимы"
    PLAIN = "простые"
    TOPICS = "темы"
    STRANGERS = "чужие"
    IDLE = "служебные"
    COMMON = "общие"


_SMALL = frozenset(["в", "во", "на", "по", "о", "об", "и", "к", "с", "со", "из", "для", "от", "под", "над", "при"])
_MEANS = {_Section.FAMILIES: Means.DERIVATION, _Section.SYNONYMS: Means.SYNONYM, _Section.PLAIN: Means.PLAIN}

TOPIC = "тема:"
"""Before the id of a topic that stands in the place of a lemma."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A word or a turn of speech; prepositions are no members. `broad` has the kin of each word beside it."""

    text: str
    members: tuple[Member, ...]
    broad: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Sayings that mean what `said` means."""

    said: Saying
    means: Means
    others: tuple[Saying, ...]


class Thesaurus:
    """The groups of the data file, found by the lemmas of their first members."""

    def __init__(self, text: str) -> None:
        self._rules: dict[str, list[Rule]] = {}
        self._sayings: dict[str, Saying] = {}
        self._strangers: dict[str, set[int]] = {}
        self._families: dict[str, set[str]] = {}
        listed: dict[_Section, set[str]] = {_Section.IDLE: set(), _Section.COMMON: set()}
        groups: list[tuple[_Section, list[Saying], list[Saying]]] = []
        for number, (section, line) in enumerate(_lines(text)):
            if section in listed:
                listed[section].update(lemma for word in terms(line) for lemma in (word.form, *word.lemmas[:1]))
            elif section is _Section.STRANGERS:
                for word in terms(line):
                    for lemma in word.lemmas:
                        self._strangers.setdefault(lemma, set()).add(number)
            else:
                left, _, right = line.partition("=")
                said = [self._saying(part) for part in left.split(",")]
                if section is _Section.TOPICS:
                    self._point(said, [TOPIC + part.strip() for part in right.split(",")])
                else:
                    meant = [self._saying(part) for part in right.split(",")] if right else said
                    groups.append((section, said, meant))
        self._kin: dict[str, tuple[str, ...]] = {}
        self.idle = frozenset(listed[_Section.IDLE])
        self.common = frozenset(listed[_Section.COMMON])
        self._gather_families(groups)
        self._words = _lemmas_of(self._sayings.values())
        for section, said, meant in groups:
            self._add(section, said, meant)
        for lemma in self._rules:
            if root := stem(lemma):
                self._kin[root] = (*self._kin.get(root, ()), lemma)

    def rules(self, lemmas: Sequence[str]) -> Iterator[Rule]:
        """Yield the rules whose saying begins with a word of these lemmas."""
        seen: set[int] = set()
        for lemma in lemmas:
            for rule in self._rules.get(lemma, ()):
                if id(rule) not in seen:
                    seen.add(id(rule))
                    yield rule

    def knows(self, lemmas: Sequence[str]) -> bool:
        r"""Say whether a word of these lemmas stands anywhere in the data file: then it is no slip.

        >>> Thesaurus("[простые]\nмыло = электронная почта").knows(("мыло",))
        True
        """
        return not (self._words.isdisjoint(lemmas) and self.idle.isdisjoint(lemmas) and self.common.isdisjoint(lemmas))

    def kin(self, lemma: str) -> tuple[str, ...]:
        r"""Return words that begin a rule and share a lemma's stem, or are its verb without prefix or of other aspect.

        >>> known = Thesaurus("[простые]\nхулиган = порядок\nспорить = разногласие\nслить = разглашение")
        >>> known.kin("хулиганство"), known.kin("поспорить"), known.kin("сливать")
        (('хулиган',), ('спорить',), ('слить',))
        """
        verbs = (*unprefixed(lemma), *paired(lemma))
        alike = [*(v for v in verbs if v in self._rules), *(k for x in (lemma, *verbs) for k in self._alike(x))]
        return tuple(dict.fromkeys(k for k in alike if k != lemma and not self.strange(lemma, k)))

    def _alike(self, lemma: str) -> tuple[str, ...]:
        root = stem(lemma)
        return self._kin.get(root, ()) if len(root) > SHORTEST else ()

    def strange(self, one: str, other: str) -> bool:
        """Say whether two lemmas are listed as no kin."""
        return bool(self._strangers.get(one, set()) & self._strangers.get(other, set()))

    def _gather_families(self, groups: Sequence[tuple[_Section, list[Saying], list[Saying]]]) -> None:
        """Group the data file's words by listed families and by stem."""
        by_stem: dict[str, set[str]] = {}
        for saying in self._sayings.values():
            for member in saying.members:
                for lemma in member[:1]:
                    by_stem.setdefault(stem(lemma), set()).add(lemma)
        for root, found in by_stem.items():
            for lemma in found if root else ():
                self._families.setdefault(lemma, set()).update(found)
        for section, said, _ in groups:
            if section is _Section.FAMILIES:
                found = {saying.members[0][0] for saying in said if len(saying.members) == 1}
                for lemma in found:
                    self._families.setdefault(lemma, set()).update(found)

    def _add(self, section: _Section, said: Sequence[Saying], meant: Sequence[Saying]) -> None:
        broad = [replace(m, broad=tuple(self._kindred(x) for x in m.members)) for m in meant if m.members]
        for saying in said:
            others = tuple(other for other in broad if other.text != saying.text)
            if not saying.members or not others:
                continue
            rule = Rule(saying, _MEANS[section], others)
            for lemma in saying.members[0]:
                self._rules.setdefault(lemma, []).append(rule)

    def _point(self, said: Sequence[Saying], marks: Sequence[str]) -> None:
        """Let sayings mean topics."""
        others = tuple(Saying(mark, ((mark,),)) for mark in marks)
        for saying in said:
            for lemma in saying.members[0] if saying.members else ():
                self._rules.setdefault(lemma, []).append(Rule(saying, Means.TOPIC, others))

    def _kindred(self, member: Member) -> Member:
        found = dict.fromkeys(member)
        for lemma in member[:1]:
            found.update(dict.fromkeys(k for k in sorted(self._families.get(lemma, ())) if not self.strange(lemma, k)))
        return tuple(found)

    def _saying(self, part: str) -> Saying:
        text = " ".join(part.split())
        if text not in self._sayings:
            if "|" in text:
                found = [_either(chunk) for chunk in text.split()]
            else:
                found = [(whole(t), t.form) for t in terms(text)]
            members = tuple(member for member, form in found if form not in _SMALL or len(found) == 1)
            self._sayings[text] = Saying(text, members)
        return self._sayings[text]


def _lemmas_of(sayings: Iterable[Saying]) -> frozenset[str]:
    return frozenset(lemma for saying in sayings for member in saying.members for lemma in member)


def _either(chunk: str) -> tuple[Member, str]:
    """Return the lemmas of a word of a saying, those of all where «|» parts several, and how it is written.

    >>> _either("порвать|бросить")
    (('порвать', 'бросить'), 'порвать|бросить')
    """
    several = [whole(term) for word in chunk.split("|") for term in terms(word)]
    return tuple(dict.fromkeys(lemma for member in several for lemma in member)), chunk


def whole(term: Term) -> Member:
    """Return the lemmas of a query's word: of a hyphenated one those of the whole, written with hyphens or without.

    >>> whole(terms("онлайн-встреч")[0])
    ('онлайн-встреча', 'онлайнвстреча')
    """
    if "-" not in term.form:
        return term.lemmas
    return tuple(dict.fromkeys([*lemmas(term.form), *lemmas(term.form.replace("-", ""))]))


def _lines(text: str) -> Iterator[tuple[_Section, str]]:
    section = None
    for line in text.splitlines():
        bare = line.partition("#")[0].strip()
        if bare.startswith("["):
            section = _Section(bare.strip("[]"))
        elif bare and section:
            yield section, bare


@cache
def thesaurus() -> Thesaurus:
    """Return the thesaurus of the package."""
    return Thesaurus(files("corpus.data").joinpath("synonyms.txt").read_text("utf-8"))
