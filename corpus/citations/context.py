"""What a place without an act means in somebody's text."""

from dataclasses import dataclass, field

from corpus.citations.parsed import Named
from corpus.citations.resolve.resolving import Resolution

NOWHERE = ""
"""A document no library holds: an act was named that is not in this one."""


@dataclass(slots=True)
class Context:
    """What a place without an act means: the documents last named, those of each type, the provision last cited."""

    documents: tuple[str, ...] = ()
    by_lemma: dict[str, tuple[str, ...]] = field(default_factory=dict)
    near: tuple[str, str] | None = None

    def around(self, document: str) -> str | None:
        """Return the provision last cited when it is of a document."""
        return self.near[1] if self.near and self.near[0] == document else None

    def met(self, named: Named | None, resolution: Resolution) -> None:
        """Remember what a citation meant."""
        if named is not None or resolution.target is not None:
            self.documents = resolution.documents or (NOWHERE,)
        if named is not None:
            self.by_lemma[named.lemma] = self.documents
        target = resolution.target
        if target is not None:
            self.near = (target.document, target.eids[-1]) if target.eids else None
