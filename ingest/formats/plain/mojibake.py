"""Text whose bytes were once read in a wrong code page: told by its letters, undone where they prove how."""

import re
from collections.abc import Iterator

from ingest.formats.plain.letters import cost

_WRONG_THEN_RIGHT = tuple(
    (wrong, right)
    for right in ("utf-8", "cp1251", "koi8_r", "cp866")
    for wrong in ("cp1251", "koi8_r", "cp866", "cp1252")
    if wrong != right
)
_SAMPLE = 8_000
"""Characters outside ASCII by which a text is judged."""
_ENOUGH = 40
_READABLE, _GAIN = 5.5, 2.0
"""Bits a letter: what is Russian costs about 4, and mending must gain so much."""
_LOST = 0.01
"""Of the characters outside ASCII, so many may be lost on the way."""
_LETTERS = frozenset(map(chr, (*range(0xC0, 0x100), *range(0x400, 0x460))))
"""Letters that bytes of Russian are read as."""
_GARBLED = 0.12
"""Of the characters outside ASCII, so many signs of no text beside letters make a text unreadable."""
_NO_TEXT = re.compile("\ufffd|(?<=\\w)[─-╿▀-▟⌠⌡\x80-\x9f¡-©¬-¯±-¶¸-º¼-¿]|[─-╿▀-▟⌠⌡\x80-\x9f¡-©¬-¯±-¶¸-º¼-¿](?=\\w)")


def mended(text: str) -> tuple[str, str] | None:
    r"""Undo one wrong decoding; return the text and the code page it was read in, None when it is no such text.

    >>> wrong = ("Стороны обмениваются сведениями о переправах и лодках. " * 2).encode().decode("koi8_r")
    >>> mended(wrong)[0][:7], mended(wrong)[1], mended("Стороны обмениваются сведениями. " * 3)
    ('Стороны', 'koi8_r', None)
    """
    sample = _telling(text)
    if len(sample) < _ENOUGH or (now := cost(sample)) <= _READABLE:
        return None
    tried = ((cost(one), wrong, right) for wrong, right in _WRONG_THEN_RIGHT if (one := _undone(sample, wrong, right)))
    best = min(tried, default=None)
    if best is None or best[0] > _READABLE or now - best[0] < _GAIN:
        return None
    whole = _undone(text, best[1], best[2])
    return (whole, best[1]) if whole else None


def is_garbled(text: str) -> bool:
    """Say whether a text is unreadable: among its letters stand signs that no text has there.

    >>> is_garbled("п║я┌п╬я─п╬п╫я▀ " * 9), is_garbled("Стороны обмениваются сведениями. " * 3)
    (True, False)
    """
    sample = _telling(text)
    outside = [c for c in sample if not c.isascii()]
    if len(outside) < _ENOUGH or sum(c in _LETTERS or c == "\ufffd" for c in outside) < 0.3 * len(outside):
        return False
    return sum(1 for _ in _NO_TEXT.finditer(sample)) > _GARBLED * len(outside)


def _telling(text: str) -> str:
    """Return the lines of a text that have other characters than ASCII, up to a measure, rulings left out."""
    return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    taken = 0
    for match in re.finditer(r"[^\n]++", text):
        if taken > _SAMPLE:
            return
        if not match[0].isascii() and re.search(r"[^\W\d_]", match[0]):
            taken += len(match[0])
            yield match[0]


def _undone(text: str, wrong: str, right: str) -> str | None:
    """Write the bytes a code page read a text from, and read them in another one; None where too much is lost."""
    outside = sum(not c.isascii() for c in text)
    coded = {c: _byte(c, wrong) for c in set(text)}
    if sum(text.count(c) for c, byte in coded.items() if not byte) > _LOST * outside:
        return None
    out = b"".join(coded[c] or b"?" for c in text).decode(right, "replace")
    return out if out.count("\ufffd") <= _LOST * outside else None


def _byte(char: str, page: str) -> bytes:
    """Return a character's byte in a code page; a control sign is its own, "" says that it has none."""
    if "\x80" <= char <= "\x9f":
        return char.encode("latin-1")
    return char.encode(page, "ignore")
