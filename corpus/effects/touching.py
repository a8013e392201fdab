"""What the acts of a library do to one another: which act acts on which, and which is made in addition to which."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from analyzers.spans import Span
from corpus.citations.layered.cited import ACTING
from corpus.citations.parsed import Named
from corpus.citations.read.reading import Memory, read
from corpus.citations.resolve.catalogue import Catalogue, Entry
from corpus.citations.resolve.references import resolver
from corpus.citations.resolve.resolving import Resolver
from corpus.clauses.tree import FieldName
from corpus.effects import instructions
from corpus.effects.editions import UNSEEN
from corpus.effects.force import ends
from corpus.effects.force.ends import ForceEffect
from corpus.effects.force.entry import Force
from corpus.effects.force.entry import force as force_of
from corpus.effects.operations import Instruction, inside
from corpus.lexicon.acts import TREATIES
from corpus.lexicon.reckoning import known
from corpus.library import Library, Summary
from corpus.model import Instrument

_SUPPLEMENT = re.compile(
    r"дополнительн\w{2,3}\s++(?:протокол|соглашени)|в\s++дополнение\s++к|(?<=\s)к\s++[А-ЯЁ]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Actor:
    """An act that does something to others, and what it does to one of them."""

    document: str
    act: Instrument
    force: Force
    instructions: tuple[Instruction, ...] = ()
    told: tuple[ForceEffect, ...] = ()
    about: bool = False
    """It is made to that one: «Протокол к Договору …»."""

    @classmethod
    def of(cls, document: str, act: Instrument) -> "Actor":
        """Read what an act does to all others together."""
        return cls(document, act, force_of(act), instructions.stored(act), ends.stored(act))

    @property
    def name(self) -> str:
        """Return the title, unless the act may not be seen."""
        return self.act.title if self.document else UNSEEN

    @property
    def signed(self) -> str | None:
        """Return the day of the act."""
        return known(self.act.date)

    def unnamed(self) -> "Actor":
        """Return what it does without its name and words; its instructions are not carried out on the text."""
        told = tuple(replace(t, eid="", text=UNSEEN) for t in self.told)
        orders = tuple(replace(i, eid="", text=UNSEEN) for i in self.instructions)
        return replace(self, document="", told=told, instructions=orders)


@dataclass(frozen=True, slots=True)
class Link:
    """What an act does to another one: amendment, supplement, or an effect on its force by name."""

    document: str
    target: str
    what: str


class Relations:
    """What the acts of a library, as it stands, do to one another; each is read once, when first asked.

    What was read for an earlier state of the library is taken over for documents that were not written since.
    """

    def __init__(self, library: Library, earlier: "Relations | None" = None) -> None:
        self._library = library
        self.generations: Mapping[str, int] = library.generations()
        summaries = library.documents()
        self.summaries: Mapping[str, Summary] = {s.id: s for s in summaries}
        self.resolver: Resolver = resolver(library, summaries)
        self.entries = {e.id: e for e in self.resolver.catalogue.entries}
        self.acts: dict[str, tuple[int, Actor]] = dict(earlier.acts) if earlier else {}
        self.meanings: dict[tuple[str, Named], str | None] = self._still_meant(earlier) if earlier else {}

    def meant(self, named: Named | None, here: Entry) -> str | None:
        """Return the one document a name means in another document; None for none or several."""
        if named is None:
            return None
        given = named.given
        key = (here.id, replace(given, span=Span(0, 0)))
        if key not in self.meanings:
            meant = self.resolver.documents(given, here)
            self.meanings[key] = meant[0].id if len(meant) == 1 else None
        return self.meanings[key]

    def links(self) -> Iterator[Link]:
        """Yield what acts of the library do to one another, target by target."""
        for target, actors in self.actors.items():
            for actor in actors:
                if actor.instructions:
                    yield Link(actor.document, target, "amendment")
                yield from (Link(actor.document, target, str(e)) for e in dict.fromkeys(t.effect for t in actor.told))
        for target, supplements in self.supplements.items():
            yield from (Link(s, target, "supplement") for s in supplements)

    @cached_property
    def actors(self) -> Mapping[str, tuple[Actor, ...]]:
        """What acts on each document, by its id; only acts the index knows to act are read."""
        found: dict[str, list[Actor]] = {}
        counted = self._library.counts(ACTING, [FieldName.DOCUMENT], max(len(self.entries), 1))
        acting = sorted(set(counted[FieldName.DOCUMENT]) & set(self.entries))
        self.acts = self._read(acting)
        for id_, (_, whole) in self.acts.items():
            if whole.act.status == "draft":
                continue
            aims: dict[str, tuple[list[Instruction], list[ForceEffect]]] = {}
            for instruction in whole.instructions:
                aim, aimed = self._aimed(instruction, self.entries[id_])
                if aim is not None:
                    aims.setdefault(aim, ([], []))[0].append(aimed)
            for told in whole.told:
                if (aim := self.meant(told.citation.named, self.entries[id_])) is not None:
                    aims.setdefault(aim, ([], []))[1].append(told)
            for aim, (orders, effects) in aims.items():
                if aim != id_:
                    about = id_ in self.supplements.get(aim, ())
                    own = replace(whole, instructions=tuple(orders), told=tuple(effects), about=about)
                    found.setdefault(aim, []).append(own)
        return {aim: tuple(own) for aim, own in found.items()}

    def _aimed(self, instruction: Instruction, here: Entry) -> tuple[str | None, Instruction]:
        """Return the document an instruction is on, and the instruction as it is carried out there.

        On an act that is not in the library it is told, and not carried out, of the one that put that act into force.
        """
        named = instruction.named
        aim = self.meant(named, here)
        if named is None or (aim is None and named.approved_by is None):
            return aim, instruction
        if aim is not None:
            return aim, inside(instruction, self.resolver.part(named, aim))
        reason = f"в библиотеке не найдено: {named.title}"
        return self.meant(named.approved_by, here), replace(instruction, operations=(), reason=reason)

    @cached_property
    def supplements(self) -> Mapping[str, tuple[str, ...]]:
        """The acts made in addition to each document: «Дополнительный протокол к Соглашению …»."""
        found: dict[str, list[str]] = {}
        for entry in self.entries.values():
            if entry.type not in TREATIES:
                continue
            for named in _supplemented(entry.title):
                aim = self.meant(named, entry)
                if aim is not None and aim != entry.id and entry.id not in found.setdefault(aim, []):
                    found[aim].append(entry.id)
        return {aim: tuple(own) for aim, own in found.items()}

    def _read(self, documents: Sequence[str]) -> dict[str, tuple[int, Actor]]:
        """Read acts with their generations, unless they were read in these."""
        kept = {d: self.acts[d] for d in documents if d in self.acts and self.acts[d][0] == self.generations.get(d, 0)}
        read = self._library.read([d for d in documents if d not in kept])
        return kept | {d: (self.generations.get(d, 0), Actor.of(d, found.instrument)) for d, found in read.items()}

    def _still_meant(self, earlier: "Relations") -> dict[tuple[str, Named], str | None]:
        """Return what names meant before where no document that came, went or changed its name can be meant."""
        changed = set(self.entries.values()) ^ set(earlier.entries.values())
        if not changed:
            return dict(earlier.meanings)
        those, files = Resolver(Catalogue(changed), self.resolver.index), {e.source for e in changed}
        kept = {}
        for (id_, named), meaning in list(earlier.meanings.items()):
            here = self.entries.get(id_)
            if here and here.source not in files and not those.documents(named, here):
                kept[id_, named] = meaning
        return kept


@lru_cache(maxsize=20_000)
def _supplemented(title: str) -> tuple[Named, ...]:
    """Return the acts to which an act with this title is made in addition."""
    if not _SUPPLEMENT.search(title):
        return ()
    told = (citation.named for citation in read(title, Memory()))
    return tuple(named.inside or named for named in told if named)
