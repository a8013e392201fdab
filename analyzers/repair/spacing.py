import re
from collections.abc import Iterator

from analyzers.repair.edits import Edit
from analyzers.repair.words import Evidence

_GAP = "[ \\t\xa0\u2002-\u200a\u202f]"
_CHAR = r"[^\s]"
_RUN = re.compile(rf"(?<!\S)(?:[(«\"„“*_]{{0,4}})[А-Яа-яЁё\d](?:{_GAP}+[^\s*_])+(?=[*_]*[;:,.)»\"]*[*_]*(?!\S))")


def runs(text: str) -> Iterator[re.Match[str]]:
    return _RUN.finditer(text)


def spaced(text: str, evidence: Evidence) -> Iterator[Edit]:
    """Close up letters parted by blanks where wider gaps still part the words.

    >>> [e.replacement for e in spaced("и п р о т и в  с о б с т в е н н о с т и ;", Evidence(""))]
    ['против собственности;']
    """
    for match in _RUN.finditer(text):
        run = match[0]
        gaps = re.findall(rf"{_GAP}+", run)
        letters = sum(c.isalpha() for c in run)
        if letters < 3:
            continue
        narrow = min(map(len, gaps))
        words = [re.sub(r"\s", "", w) for w in re.split(rf"{_GAP}{{{narrow + 1},}}", run)]
        tokens = run.split()
        real = [w for w in words if len(w.strip('()«»";:,.!?-')) > 1]
        if not real or any(len(t) > 1 + sum(not c.isalnum() for c in t) for t in tokens):
            continue
        good = [w for w in real if w.isdigit() or evidence.known(w.strip('()«»";:,.!?*_'))]
        if len(good) * 2 >= len(real):
            yield Edit(match.start(), match.end(), " ".join(words), "spaced", 0.99 if len(good) == len(real) else 0.9)
