"""Page numbers, running heads and feet of plain text: told by where pages turn, compared without their digits."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from analyzers.letters import folded
from analyzers.spans import Span
from corpus.lexicon.acts import OPENERS, WORDS
from ingest.acts.markers import division, numbered
from ingest.layout.contents import contents
from ingest.layout.edges import SIGNED, SIGNERS, UNTITLED, goes_on, is_broken, opens
from ingest.layout.lines import Dropped, Line
from ingest.layout.series import heads_units
from ingest.layout.stamps import stamped

MIDDLE = 25
"""Characters: a number so far in stands in the middle or at the right edge of the page."""
LONGEST = 140
"""Characters of a running head."""
LEAST = 3
"""Pages on which a head must be printed to be told from a line of the text."""
DEEPEST = 4
"""Lines of a head or a foot."""
APART = 6
"""Lines between two numbered heads of pages: «Таблица 1», «Таблица 2» may stand closer."""
PAGE = 12
"""Paragraphs between the numbers of two pages."""
SHARE = 0.7
"""Of all places where a running head's words stand, so many are at the edge of a page."""
DENSE = 0.4
"""Of the pages between its first and its last one, so many have a running head: every second one, or every one."""
FULL = 0.66
"""Of the usual length of a line on which a sentence breaks, so much has one at the end of a page."""
TITLE = 6
"""Lines below a head in which the title of an act begins."""

_NUMBER = re.compile(r"\d{1,4}")
_WORDS = re.compile(r"[^\W_]++")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED = re.compile(r"(?:№|\bN)\s?\d")
_COUNTED = re.compile(r"(?P<first>\d{1,4})\s(?=\D++\Z)|\D*+(?<=\s)(?P<last>\d{1,4})\Z")
_ENDS = re.compile(r"[.;:!?…]\s*+[)»\"”]?\Z")
_NAMES = frozenset(head for word in WORDS.values() for head in word.heads)


def text_lines(lines: Sequence[Line], *, blocks: bool = False) -> tuple[list[Line], list[Dropped]]:
    """Part the lines of the text from stamps of signatures and from what belongs to pages.

    A line after such a one begins a page (`feed`): the blank lines above it part no paragraphs. `blocks` tells that
    the reader gave paragraphs, not printed pages: there only numbers of pages that count up far apart prove pages.
    """
    pages = {} if blocks and not _has_pages(lines) else running(lines)
    rules = dict.fromkeys(stamped([line.text for line in lines]), "signature-stamp") | pages
    rest = [i for i in range(len(lines)) if i not in rules]
    rules |= {rest[i]: "contents" for i in contents([lines[i] for i in rest])}
    kept: list[Line] = []
    dropped: list[Dropped] = []
    turned = False
    for i, line in enumerate(lines):
        turned = turned or i in pages
        if i in rules:
            dropped.append(Dropped(Span(line.start, line.end), rules[i]))
        else:
            kept.append(replace(line, feed=line.feed or turned))
            turned = False
    return kept, dropped


def running(lines: Sequence[Line]) -> dict[int, str]:
    """Find the lines that belong to pages and not to the text; return the rule that tells each, by its index."""
    found = dict.fromkeys(_numbers(lines), "page-number")
    keys = [_key(line) for line in lines]
    counts = Counter(keys)
    found |= dict.fromkeys(_counted(lines, keys), "running-head")
    found |= dict.fromkeys(_at_edges(lines, keys, counts, found), "running-head")
    return found or dict.fromkeys(_interrupting(lines, keys, counts), "running-head")


def _has_pages(lines: Sequence[Line]) -> bool:
    """Say whether nearly all bare numbers count up, a page apart: a table's numbers stand closer."""
    bare = [(i, int(line.text)) for i, line in enumerate(lines) if _NUMBER.fullmatch(line.text) and not line.level]
    return len(bare) > LEAST and len(_chained(bare, LEAST + 1, PAGE)) >= SHARE * len(bare)


def _key(line: Line) -> str:
    """Fold a line for comparison; the numbers that may be of its page go.

    Years stay, and so do numbers behind one word («Таблица 2»), a name of an act («Приложение 3 к Протоколу») or «№».
    """
    if len(line.text) > LONGEST:
        return ""
    words = _WORDS.findall(folded(line.text))
    letters = [word for word in words if not word.isdigit()]
    if len(letters) < 2 or letters[0] in _NAMES or _NAMED.search(line.text):
        return " ".join(words)
    return " ".join(word for word in words if not word.isdigit() or _YEAR.fullmatch(word))


def _may_run(line: Line, key: str) -> bool:
    """Say whether a line can be a running head: short, no number of a provision, no tail of a sentence, not signed."""
    if len(key) <= 3 or line.level or line.text[0].islower() or line.text.endswith((";", ":", ",")):
        return False
    first, _, rest = key.partition(" ")
    if first in OPENERS and not rest.strip("0123456789 "):
        return False
    return not (SIGNED.match(line.text) or division(line.text) or numbered(line.text))


def _numbers(lines: Sequence[Line]) -> set[int]:
    """Find bare numbers that count up, begin or end a page, or stand inside a sentence."""
    units = heads_units([line.text for line in lines])
    bare = [
        (i, int(line.text))
        for i, line in enumerate(lines)
        if i not in units and _NUMBER.fullmatch(line.text) and not line.level
    ]
    pages = {i for (i, a), (j, b) in pairwise(bare) if b == a + 1 for i in (i, j)}
    pages |= _chained(bare, 3)
    pages |= {i for i, _ in bare if lines[i].feed or (i + 1 < len(lines) and lines[i + 1].feed)}
    return pages | {i for i, _ in bare if _between_pages(lines, i)}


def _between_pages(lines: Sequence[Line], i: int) -> bool:
    """Say whether a number set apart by empty lines stands in the middle of the page, or inside a sentence.

    Inside a sentence: there is no stop before it and it goes on in lower case.
    """
    if not 0 < i < len(lines) - 1 or not (lines[i].gap and lines[i + 1].gap):
        return False
    return lines[i].indent >= MIDDLE or is_broken(lines[i - 1].text, lines[i + 1].text)


def _chained(items: Sequence[tuple[int, int]], least: int, apart: int = 3) -> set[int]:
    """Return the places of numbers in chains of so many that count up by one, two or three.

    >>> sorted(_chained([(4, 9), (40, 10), (55, 1998), (80, 11), (120, 12)], 3))
    [4, 40, 80, 120]
    """
    length = {i: [1, 1] for i, _ in items}
    for way, ordered in ((1, items), (-1, [*reversed(items)])):
        last: dict[int, int] = {}
        for i, n in ordered:
            before = [last[m] for m in (n - way, n - 2 * way, n - 3 * way) if m in last and abs(i - last[m]) >= apart]
            length[i][way < 0] = 1 + max((length[j][way < 0] for j in before), default=0)
            last[n] = i
    return {i for i, (up, down) in length.items() if up + down - 1 >= least}


def _counted(lines: Sequence[Line], keys: Sequence[str]) -> set[int]:
    """Find heads that carry the number of their page: «134 Отдел договоров», «Отдел договоров 135»."""
    places: dict[str, list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        match = _COUNTED.match(line.text) if " " in keys[i] and _may_run(line, keys[i]) else None
        number = int(match["first"] or match["last"]) if match else 0
        if match and not 1900 <= number <= 2100:
            places.setdefault(keys[i], []).append((i, number))
    return {i for found in places.values() for i in _chained(found, LEAST, APART)}


def _at_edges(lines: Sequence[Line], keys: Sequence[str], counts: Counter[str], found: dict[int, str]) -> Iterable[int]:
    """Find lines at the edges of pages whose words stand there on several pages, and hardly anywhere else."""
    often = {i for i, line in enumerate(lines) if counts[keys[i]] >= LEAST and _may_run(line, keys[i])}
    # The second line of a foot may begin in lower case: it stands under the first one wherever it stands.
    below = {i + 1 for i in often if i + 1 < len(lines) and not SIGNED.match(lines[i + 1].text)}
    often |= {i for i in below if keys[i] and counts[keys[i]] == counts[keys[i - 1]]}
    heads = _heads(lines, keys, counts, found, {i for way in (1, -1) for i in _from_edges(lines, often, found, way)})
    sure = {i for i in often if keys[i] in heads} - _titles(lines, keys, heads)
    return {i for way in (1, -1) for i in _from_edges(lines, sure, found, way)}


def _heads(
    lines: Sequence[Line], keys: Sequence[str], counts: Counter[str], found: dict[int, str], edge: set[int]
) -> set[str]:
    """Return the words that run over the pages, of those that stand at their edges."""
    places: dict[str, set[int]] = {}
    for i in edge:
        places.setdefault(keys[i], set()).add(i)
    flowing = Counter(keys[i] for i in edge if i + 1 not in edge and _flows(lines, i))
    pages = _pages(lines, found)
    return {
        key
        for key, where in places.items()
        if len(where) >= max(LEAST, SHARE * counts[key])
        and flowing[key] <= 0.3 * len(where)
        and sum(_is_signed(lines, found, i) for i in where) <= SHARE * len(where)
        and _is_dense({pages[i] for i in where})
        and (not opens(key) or _untitled(lines, where, edge) >= UNTITLED * len(where))
    }


def _pages(lines: Sequence[Line], found: dict[int, str]) -> list[int]:
    """Return the page of each line, counted by form feeds or, where these are fewer, by the numbers of pages."""
    feeds = [line.feed for line in lines]
    numbers = [i in found and i - 1 not in found for i in range(len(lines))]
    return [*accumulate(map(int, max(feeds, numbers, key=sum)))]


def _is_signed(lines: Sequence[Line], found: dict[int, str], i: int) -> bool:
    """Say whether a line stands on its page under a signature: «За Королевство Бельмар ⏎ Посол» ends many acts."""
    for j in range(i, max(0, i - SIGNERS), -1):
        if lines[j].feed or j - 1 in found:
            return False
        if SIGNED.match(lines[j - 1].text):
            return True
    return False


def _is_dense(pages: set[int]) -> bool:
    return len(pages) >= LEAST and len(pages) >= DENSE * (max(pages) - min(pages) + 1)


def _untitled(lines: Sequence[Line], where: set[int], edge: set[int]) -> int:
    """Count the places where no act can begin; heads and numbers of pages beside a line are passed over."""
    count = 0
    for i in where:
        before, after = (
            next((lines[j].text for j in beside if j not in edge and not _NUMBER.fullmatch(lines[j].text)), "")
            for beside in (range(i - 1, max(-1, i - 1 - TITLE), -1), range(i + 1, min(len(lines), i + 1 + TITLE)))
        )
        count += goes_on(before, after)
    return count


def _titles(lines: Sequence[Line], keys: Sequence[str], heads: set[str]) -> set[int]:
    """Find the titles that run on as heads: the first place of the words, at the top of the file or as an act begins.

    An act does not begin inside a sentence, nor over another title.
    """
    found: set[int] = set()
    seen: set[str] = set()
    for i, key in enumerate(keys):
        if key in seen or key not in heads:
            continue
        seen.add(key)
        inside = 0 < i < len(lines) - 1 and is_broken(lines[i - 1].text, lines[i + 1].text)
        over = any(map(opens, keys[i + 1 : i + 1 + TITLE]))
        if not inside and not over if opens(key) else i == 0:
            found.add(i)
    return found


def _from_edges(lines: Sequence[Line], running: set[int], found: dict[int, str], way: int) -> Iterable[int]:
    """Yield what stands at the edges of pages: from each turn (downwards or upwards) a few lines that may run."""
    for i in range(len(lines)):
        first = lines[i].feed if way > 0 else i + 1 < len(lines) and lines[i + 1].feed
        if not (first or i - way in found or i - way in (-1, len(lines))):
            continue
        for j in range(i, i + DEEPEST * way, way):
            if j in found or j not in running:
                break
            yield j


def _flows(lines: Sequence[Line], i: int) -> bool:
    """Say whether a line goes on in the next one, as the first line of a paragraph does."""
    if i + 1 >= len(lines) or lines[i + 1].gap or lines[i + 1].feed or _ENDS.search(lines[i].text):
        return False
    return lines[i + 1].text[0].islower() and (i == 0 or bool(_ENDS.search(lines[i - 1].text)))


def _interrupting(lines: Sequence[Line], keys: Sequence[str], counts: Counter[str]) -> Iterable[int]:
    """Find heads of pages without numbers: the same words, set apart by blanks, inside sentences again and again."""
    # «ПЕРЕЧЕНЬ» by itself over «мест …» and under «(в ред. …)» is the title of an annex.
    often = [
        counts[key] >= LEAST and key not in _NAMES and _may_run(line, key)
        for line, key in zip(lines, keys, strict=True)
    ]
    inside: Counter[str] = Counter()
    full = _full(lines)
    at = 0
    while at < len(lines):
        end = at
        while end < min(len(lines), at + DEEPEST) and often[end]:
            end += 1
        if 0 < at < end < len(lines) and _cuts(lines, at, end, full):
            inside.update(keys[at:end])
        at = max(end, at + 1)
    heads = {key for key, n in inside.items() if n >= 2 and n >= 0.3 * counts[key]}
    titles = _titles(lines, keys, heads)
    return [i for i, key in enumerate(keys) if key in heads and often[i] and i not in titles]


def _cuts(lines: Sequence[Line], at: int, end: int, full: float) -> bool:
    """Say whether lines set apart by blanks stand inside a sentence.

    Titles under a long post stand in none, nor under the titles of annexes the preamble they share.
    """
    apart = (lines[at].gap or lines[end].gap) and len(lines[at - 1].text) >= full
    return bool(apart) and is_broken(lines[at - 1].text, lines[end].text) and not _is_signed(lines, {}, at)


def _full(lines: Sequence[Line]) -> float:
    """Return how long a line that a sentence goes on from is at least (characters): two thirds of the usual."""
    broken = sorted(len(a.text) for a, b in pairwise(lines) if not b.gap and is_broken(a.text, b.text))
    return FULL * broken[len(broken) // 2] if broken else 0.0
