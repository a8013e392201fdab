"""Stable addresses of provisions; the hash of the content says when a cited text has changed since."""

import hashlib
import re
from dataclasses import dataclass

from analyzers.letters import without_yo
from corpus.citations.layered.layer import held_by
from corpus.errors import NotFoundError
from corpus.library import Library
from corpus.model import Document, Provision

_HASH_LENGTH = 12


def content_hash(provision: Provision) -> str:
    """Hash the words of a provision and all inside it; blanks, case of е/ё and quotes do not count.

    >>> from corpus.model import Kind
    >>> a, b = (Provision("art_1", Kind.ARTICLE, text) for text in ("Учёт  «дел».", 'Учет "дел".'))
    >>> content_hash(a) == content_hash(b), len(content_hash(a))
    (True, 12)
    """
    parts = [f"{p.num or ''} {p.heading or ''} {p.text}" for p in provision.walk()]
    text = re.sub('[«»“”„"]', "", without_yo(" ".join(parts)))
    text = re.sub(r"[‐‑–—−]", "-", text)
    return hashlib.sha256(re.sub(r"\s++", " ", text).strip().encode()).hexdigest()[:_HASH_LENGTH]


def permalink(document: Document, eid: str) -> str:
    """Build the address of a provision with the hash of its content («/d/…/art_5?h=0a1b…»)."""
    provision = document.find(eid)
    mark = f"?h={content_hash(provision)}" if provision else ""
    return f"/d/{document.id}/{eid}{mark}"


def changed(document: Document, eid: str, hash_: str) -> bool:
    """Say whether a provision's text is another one than when the link with this hash was made."""
    provision = document.find(eid)
    return provision is None or content_hash(provision) != hash_.lower()


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a permalink leads now; `changed` says that the words are others than when it was made."""

    document: str
    eid: str
    changed: bool


def follow(library: Library, document: str, eid: str, hash_: str | None = None) -> Followed:
    """Find a provision by an old address too; raise NotFoundError when nothing answers to it.

    A document's id ends in a hash of its source and place, so it is found after its title or date were read anew. A
    provision whose eId moved is found by its words; one that is gone leads to the unit that held it.
    """
    try:
        found = library.get(document)
    except NotFoundError:
        tail = document.rpartition("-")[2]
        same = [s.id for s in library.documents() if s.id.rpartition("-")[2] == tail]
        if len(same) != 1:
            raise
        found = library.get(same[0])
    provision = found.find(eid)
    if provision is not None and (hash_ is None or content_hash(provision) == hash_.lower()):
        return Followed(found.id, eid, changed=False)
    moved = [p.eid for p in found.instrument.walk() if hash_ and content_hash(p) == hash_.lower()]
    if moved:
        return Followed(found.id, moved[0], changed=False)
    holders = (p.eid for p in found.instrument.walk() if held_by(eid, p.eid))
    above = max(holders, key=len, default=None)
    if above is None:
        raise NotFoundError(f"В документе «{found.instrument.title}» нет положения {eid}.")
    return Followed(found.id, above, changed=True)
