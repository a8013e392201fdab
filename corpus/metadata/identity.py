"""Readable ids of documents: they are addresses, so what goes into them never changes."""

import hashlib
import re

from corpus.eid import CYRILLIC, transliterate
from corpus.lexicon.acts import TYPES
from corpus.model import InstrumentType

_SAID_BY_TYPE = frozenset(transliterate(t.word) for t in TYPES.values() if t.word)
"""The types' own words: the type stands before them already."""


def readable_id(type_: InstrumentType, date: str | None, title: str, source: str, place: int) -> str:
    """Build a readable ASCII id, the same whatever the order of ingest.

    >>> readable_id(InstrumentType.ORDER, "2022-03-10", "О порядке учёта", "a/b.txt", 0)
    'order-2022-03-10-o-poryadke-ucheta-871425'
    """
    words = re.findall(r"[0-9a-z]+", "".join(CYRILLIC.get(c, c) for c in title.lower()))
    words = words[1:] if words and words[0] in _SAID_BY_TYPE else words
    slug = ""
    for word in words:
        if len(slug) + len(word) > 40:
            break
        slug = f"{slug}-{word}" if slug else word[:40]
    digest = hashlib.sha256(f"{source}\0{place}".encode()).hexdigest()[:6]
    return f"{type_}-{date or 'undated'}-{slug or 'bez-nazvaniya'}-{digest}"
