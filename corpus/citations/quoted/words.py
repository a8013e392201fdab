"""Words of a quotation and of what is printed, with what stands between them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from analyzers.lemmas import is_known
from corpus.model import Provision

_WORD = re.compile(r"\d++(?:[.,]\d++)*+|[^\W_]++(?:-[^\W_]++)*+")
_REMARK = re.compile(r"\s?[(\[](?:выдел|курсив|подч[её]ркн|разрядк)[^()\[\]]{0,60}[)\]]", re.IGNORECASE)
_GAP = re.compile(r"[<\[(]?\s?(?:\.{3}|…)[.]{0,3}\s?[>\])]?")
_LETTER = re.compile(r"\[(?P<letter>[^\W\d_]{1,3})\](?=[^\W\d_])")
_INSERTION = re.compile(r"\[[^\[\]]{1,200}\]")
_BROKEN = re.compile(r"(?<![^\W\d_])(?P<head>[А-ЯЁа-яё]{1,30}+)[-‐]\n(?=(?P<rest>[а-яё]{1,30}+))")
_GAP_MARK = "\0"


def unbroken(text: str) -> tuple[str, tuple[int, ...]]:
    r"""Join words that a line's end breaks; return the text and where in it, in order, two characters are gone.

    What no dictionary holds joined keeps its hyphen and its place.

    >>> unbroken("ука-\nзанной статьи"), unbroken("Парень из Усть-\nИлимска")[1]
    (('указанной статьи', (3,)), ())
    """
    out, gone, at, length = [], [], 0, 0
    for match in _BROKEN.finditer(text):
        if not is_known(match["head"] + match["rest"]):
            continue
        kept = text[at : match.end("head")]
        out.append(kept)
        length += len(kept)
        gone.append(length)
        at = match.end("head") + 2
    return "".join([*out, text[at:]]), tuple(gone)


@dataclass(frozen=True, slots=True)
class QuotedWord:
    """A word as it stands, folded, and what stands before it back to the word before."""

    form: str
    folded: str
    before: str = ""


def words_of(text: str) -> tuple[list[QuotedWord], str]:
    """Return the words of a text and what follows the last one.

    >>> [w.folded for w in words_of("Ещё 30,5 дней;")[0]], words_of("Да.")[1]
    (['еще', '30,5', 'дней'], '.')
    """
    out, at = [], 0
    for match in _WORD.finditer(text):
        form = match[0]
        out.append(QuotedWord(form, form.lower().replace("ё", "е"), text[at : match.start()]))
        at = match.end()
    return out, text[at:]


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """The words of a quotation without what its writer put in; `gaps` are places before which words are left out."""

    words: tuple[QuotedWord, ...]
    after: str
    gaps: frozenset[int]
    signs: tuple[str, ...]
    """What the writer says of it: «пропуск», «вставка», «пометка», «регистр»."""


def quoted_words(text: str) -> QuotedWords:
    """Read a quotation: «…» and «<...>» are gaps, «[слова]» insertions, «(выделено мной)» a remark.

    >>> read = quoted_words("[С]тороны … не [вправе] отказать (выделено мной)")
    >>> [w.form for w in read.words], sorted(read.gaps), read.signs
    (['Стороны', 'не', 'отказать'], [1], ('пометка', 'пропуск', 'регистр', 'вставка'))
    """
    signs = []
    text, _ = unbroken(text)
    for name, pattern, put in (
        ("пометка", _REMARK, ""),
        ("пропуск", _GAP, _GAP_MARK),
        ("регистр", _LETTER, r"\g<letter>"),
        ("вставка", _INSERTION, " "),
    ):
        text, times = pattern.subn(put, text)
        signs += [name] if times else []
    words: list[QuotedWord] = []
    gaps, after = set(), ""
    for part in text.split(_GAP_MARK):
        own, after = words_of(part)
        gaps.add(len(words))
        words += own
    return QuotedWords(tuple(words), after, frozenset(gaps - {0, len(words)}), tuple(signs))


@dataclass(frozen=True)
class Printed:
    """The words of a provision and all inside it; `owners` are the eIds of the units they stand in."""

    eid: str
    words: tuple[QuotedWord, ...]
    owners: tuple[str, ...]
    after: str

    @cached_property
    def joined(self) -> str:
        """Return the folded words between blanks, one before the first and one after the last."""
        return f" {' '.join(w.folded for w in self.words)} "

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 1
        for word in self.words:
            starts.append(at)
            at += len(word.folded) + 1
        return starts

    def find(self, run: Sequence[str], start: int = 0) -> int | None:
        """Return the number of the first word of a run of folded words at or after word `start`."""
        at = self._starts[start] - 1 if start < len(self.words) else len(self.joined)
        found = self.joined.find(f" {' '.join(run)} ", at)
        return None if found < 0 else bisect_right(self._starts, found + 1) - 1

    def shown(self, first: int, last: int) -> str:
        """Return the words from `first` up to `last` (not included) as they are printed."""
        words = self.words[first:last]
        return "".join(w.form if i == 0 else w.before + w.form for i, w in enumerate(words)).replace("\n", " ")

    def owner(self, first: int, last: int) -> str:
        """Return the deepest unit that holds the words from `first` up to `last` (not included)."""
        owners = dict.fromkeys(self.owners[first:last])
        shared: list[str] = []
        for steps in zip(*(o.split("__") for o in owners), strict=False):
            if len(set(steps)) > 1:
                break
            shared.append(steps[0])
        return "__".join(shared) or self.eid


def printed(provision: Provision, *, labels: bool = False) -> Printed:
    """Read the words of a provision; with `labels` the numbers of its units are words too («б) порох»)."""
    return printed_units(provision.eid, ((p, labels and p is not provision) for p in provision.walk()))


def printed_units(eid: str, units: Iterable[tuple[Provision, bool]]) -> Printed:
    """Read the words of several units, of some with their numbers."""
    words: list[QuotedWord] = []
    owners: list[str] = []
    after = ""
    for unit, labelled in units:
        shown = (unit.num if labelled else None, unit.heading, unit.text)
        own, rest = words_of("\n".join(x for x in shown if x))
        if own:
            own[0] = QuotedWord(own[0].form, own[0].folded, f"{after}\n{own[0].before}" if words else own[0].before)
            words += own
            owners += [unit.eid] * len(own)
            after = rest
    return Printed(eid, tuple(words), tuple(owners), after)
