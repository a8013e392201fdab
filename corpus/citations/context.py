"""What a place without an act means in somebody's text."""

from dataclasses import dataclass, field, replace

from analyzers.spans import Span
from corpus.citations.parsed import Named
from corpus.citations.quoted.marks import breaks
from corpus.citations.resolve.resolving import Resolution

NOWHERE = ""
"""A document no library holds: an act was named that is not in this one."""


@dataclass(slots=True)
class Context:
    """What a place without an act means: the documents last named, those of each type, the provision last cited."""

    documents: tuple[str, ...] = ()
    by_lemma: dict[str, tuple[str, ...]] = field(default_factory=dict)
    near: tuple[str, str] | None = None
    named: dict[str, Span] = field(default_factory=dict)
    """Where an act of each type was last named by more than its type word."""

    def around(self, document: str) -> str | None:
        """Return the provision last cited when it is of a document."""
        return self.near[1] if self.near and self.near[0] == document else None

    def kept(self) -> "Context":
        """Return a copy that later citations leave alone."""
        return replace(self, by_lemma=dict(self.by_lemma), named=dict(self.named))

    def met(self, named: Named | None, resolution: Resolution, text: str) -> None:
        """Remember what a citation of a text meant."""
        if named is not None or resolution.target is not None:
            self.documents = resolution.documents or (NOWHERE,)
        if named is not None:
            self.by_lemma[named.lemma] = self._beside(named, text)
        target = resolution.target
        if named is not None and not named.alone:
            self.named[named.lemma] = named.span
        if target is not None:
            self.near = (target.document, target.eids[-1]) if target.eids else None

    def _beside(self, named: Named, text: str) -> tuple[str, ...]:
        """Return what the type word alone means from now on.

        Of two acts named in one sentence it is said of neither: «Соглашения от … и Соглашение от … Ст. 5 Соглашения».
        """
        last = self.named.get(named.lemma)
        if named.alone or last is None or last.end > named.span.start or breaks(text[last.end : named.span.start]):
            return self.documents
        return tuple(dict.fromkeys((*self.by_lemma.get(named.lemma, ()), *self.documents)))
