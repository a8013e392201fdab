"""Stable addresses of provisions; the hash of the content says when a cited text has changed since."""

import hashlib
import re

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
    text = re.sub('[«»“”„"]', "", " ".join(parts).replace("ё", "е").replace("Ё", "Е"))
    text = re.sub(r"[‐‑–—−]", "-", text)
    return hashlib.sha256(re.sub(r"\s+", " ", text).strip().encode()).hexdigest()[:_HASH_LENGTH]


def permalink(document: Document, eid: str) -> str:
    """Build the address of a provision with the hash of its content («/d/…/art_5?h=0a1b…»)."""
    provision = document.find(eid)
    mark = f"?h={content_hash(provision)}" if provision else ""
    return f"/d/{document.id}/{eid}{mark}"


def changed(document: Document, eid: str, hash_: str) -> bool:
    """Say whether a provision's text is another one than when the link with this hash was made."""
    provision = document.find(eid)
    return provision is None or content_hash(provision) != hash_.lower()
