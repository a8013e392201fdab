"""Letter-spaced runs whose word gaps are lost: words by the lattice, marks and numbers by rule."""

from collections.abc import Sequence

from analyzers.frequencies import common_words
from analyzers.lemmas import folded
from analyzers.repair.compounds import compound
from analyzers.repair.lattice import NEVER, Stretch, read
from analyzers.repair.rules.lists import ENDINGS, ONE_LETTER, TWO_LETTER
from analyzers.repair.tokens import CLOSERS, DASHES, OPENERS, Item
from analyzers.repair.words import Evidence

CONTEXT = 3
"""Whole words on each side that help to choose."""
BESIDE = 8.0
"""Nats against joining a letter-spaced piece to a whole word beside it («п р о к у рора»)."""
WIDE = 6.0
"""Nats against joining over a gap wider than the others, once gaps have proved no sure guide."""
_LISTED, _BESIDE_LONG, _BESIDE_VERY_LONG = 0.6, 0.35, 0.2
"""Share of letters in known words that convinces; less will do beside a long known word."""
_SHORT, _VERY_LONG = 5, 16
HYPHENS = "-‐‑"


class Reading:
    """How the gaps of a run are to be written: `close[i]` takes out the blanks before `run[i]`."""

    def __init__(self, run: Sequence[Item], zone: range) -> None:
        self.run = run
        self.zone = zone
        self.close = [False] * len(run)
        self.confidence = 0.97
        self.runner_up: str | None = None
        self.words: list[str] = []


def read_run(found: list[Item], zone: range, around: range, evidence: Evidence) -> Reading | None:
    """Read the items of a zone, single characters with blanks between, as words; None when it makes none.

    `around` bounds the items that may be looked at for context.
    """
    first, last = zone.start, zone.stop
    begin, end = first, last
    while (
        begin > max(first - CONTEXT, around.start)
        and found[begin].gap
        and found[begin].cyrillic
        and found[begin - 1].cyrillic
    ):
        begin -= 1
    while end < min(last + CONTEXT, around.stop) and found[end].gap and found[end].cyrillic and found[end - 1].cyrillic:
        end += 1
    reading = Reading(found[begin:end], range(first - begin, last - begin))
    before = found[begin - 1].text if begin > around.start and not found[begin - 1].cyrillic else "" if begin else "\n"
    after = "\n" if end == len(found) else "" if found[end].cyrillic else found[end].text
    _read_letters(reading, evidence, (before, after))
    _read_marks(reading, evidence, sum(x.text == '"' for x in found[:begin]))
    return reading if _convincing(reading, evidence) else None


def _read_letters(reading: Reading, evidence: Evidence, marks: tuple[str, str]) -> None:
    """Decide the gaps between letters, stretch by stretch."""
    run, at = reading.run, 0
    narrow = min(x.gap for x in run[1:])
    while at < len(run):
        stop = at + 1
        if run[at].cyrillic:
            while stop < len(run) and run[stop].cyrillic and run[stop].gap:
                stop += 1
            _read_stretch(reading, at, stop, (narrow, marks), evidence)
        at = stop


def _read_stretch(
    reading: Reading, start: int, stop: int, around: tuple[float, tuple[str, str]], evidence: Evidence
) -> None:
    narrow, marks = around
    run, cut, join, owner = reading.run, [], [], []
    for i in range(start, stop):
        inside = i in reading.zone and i - 1 in reading.zone
        cut += [0.0] + [NEVER] * (len(run[i].text) - 1)
        join += [0.0 if inside and run[i].gap <= narrow else WIDE if inside else BESIDE] + [0.0] * (
            len(run[i].text) - 1
        )
        owner += [i] + [-1] * (len(run[i].text) - 1)
    before = run[start - 1].text if start else marks[0]
    after = run[stop].text if stop < len(run) else marks[1]
    letters = "".join(x.text for x in run[start:stop])
    words = read(Stretch(letters, cut, join, before, after), evidence)
    reading.words += [folded(letters[w.start : w.end]) for w in words]
    starts = {w.start for w in words}
    for place, i in enumerate(owner):
        if i > start:
            reading.close[i] = place not in starts
    made = {place for place, i in enumerate(owner) if i in reading.zone}
    for word in words:
        if word.sure < reading.confidence and not made.isdisjoint(range(word.start, word.end)):
            reading.confidence, reading.runner_up = word.sure, word.runner_up


def _read_marks(reading: Reading, evidence: Evidence, quotes: int) -> None:
    """Decide the gaps beside marks and numbers; `quotes` straight ones stand before the run in its line."""
    run, inside = reading.run, quotes % 2 == 1
    for i, item in enumerate(run):
        before = run[i - 1] if i else None
        opens = item.text == '"' and _opens(run, i, inside=inside)
        if before is None or (item.cyrillic and before.cyrillic):
            pass
        elif item.text in HYPHENS:
            reading.close[i] = _hyphenated(run, reading.close, i, evidence)
            if i + 1 < len(run):
                reading.close[i + 1] = reading.close[i]
        elif before.text not in HYPHENS:
            reading.close[i] = _close(run, i, opens=opens, after_opening=before.text == '"' and inside)
        if item.text == '"':
            inside = opens


def _opens(run: Sequence[Item], i: int, *, inside: bool) -> bool:
    """Say whether a straight quote opens: what stands beside it tells more than how many there were."""
    before, after = run[i - 1] if i else None, run[i + 1] if i + 1 < len(run) else None
    if after is None or after.text in CLOSERS:
        return before is None
    if before is None or before.text in OPENERS or before.text in DASHES:
        return True
    return not inside


def _close(run: Sequence[Item], i: int, *, opens: bool, after_opening: bool) -> bool:
    """Say whether an item stands close to the one before it."""
    before, item = run[i - 1], run[i]
    if item.text in DASHES or before.text in DASHES:
        return False
    if item.text == "(" and _ending(run, i):
        return True
    if after_opening or item.text in CLOSERS or before.text in (OPENERS - {"№"}) or item.text == "%":
        return True
    if item.text == '"':
        return not opens
    digits = item.text.isdigit()
    if digits and before.text.isdigit():
        return True
    return (
        (digits and before.text in ".,:/" and i > 1 and run[i - 2].text.isdigit())
        or item.text == "/"
        or before.text == "/"
    )


def _ending(run: Sequence[Item], at: int) -> bool:
    """Say whether a bracket holds the other ending of the word before it: «уведомлен(а)», «лицо(-а)»."""
    letters = "".join(x.text for x in run[at + 1 : at + 5])
    inside, bracket, _ = letters.partition(")")
    return bool(bracket) and inside in ENDINGS and run[at - 1].cyrillic and run[at - 1].text[-1].islower()


def _hyphenated(run: Sequence[Item], close: Sequence[bool], at: int, evidence: Evidence) -> bool:
    """Say whether the hyphen at `at` belongs to the words beside it."""
    left, right = at - 1, at + 1
    if left < 0 or right >= len(run):
        return False
    one, two = run[left].text, run[right].text
    if not (one.isalnum() and two.isalnum()):
        return False
    while left > 0 and close[left] and run[left - 1].cyrillic:
        left -= 1
        one = run[left].text + one
    while right + 1 < len(run) and run[right + 1].cyrillic and close[right + 1]:
        right += 1
        two += run[right].text
    return (one[-1].isdigit() and two[0].isdigit()) or compound(one, two, evidence) >= 0.5


def _made(reading: Reading) -> tuple[list[str], list[str]]:
    """Return the words of a run as they would be written, and those of them made of single letters."""
    words: list[list[int]] = []
    for i, item in enumerate(reading.run):
        if not item.cyrillic:
            words.append([])
        elif reading.close[i] and words and words[-1]:
            words[-1].append(i)
        else:
            words.append([i])
    written = ["".join(reading.run[i].text for i in word) for word in words]
    made = [w for w, word in zip(written, words, strict=True) if any(i in reading.zone for i in word)]
    return [w for w in written if w], [w for w in made if w]


def _convincing(reading: Reading, evidence: Evidence) -> bool:
    """Say whether the run became words: most letters in words of three letters or more that are known."""
    words, made = _made(reading)
    short = sum(reading.run[i].cyrillic for i in reading.zone) < _SHORT
    if short and any(len(w) > 2 and folded(w) not in common_words() for w in made):
        return False  # «а, б, в и г»
    letters = sum(map(len, words))
    good: float = sum(len(w) for w in words if _word(w, evidence))
    good += 0.5 * sum(len(w) for w in words if len(w) > 4 and w.istitle() and not evidence.known(w))  # names
    long = any(len(w) > _SHORT and _word(w, evidence) for w in made)
    share = (_BESIDE_VERY_LONG if letters > _VERY_LONG else _BESIDE_LONG) if long else _LISTED
    return good >= share * letters and max(map(len, words)) > 1


def _word(word: str, evidence: Evidence) -> bool:
    if len(word) < 3:
        return folded(word) in TWO_LETTER | ONE_LETTER
    return evidence.known(word) or evidence.made(word) or (len(word) > _SHORT and evidence.usual(word))
