"""The references of an instrument as a layer: what is cited where, before any document is looked up."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.citations.parsed import Citation, Named, Pointing, Reach
from corpus.citations.read.defined import key
from corpus.citations.read.reading import Memory, quiet, read
from corpus.codec import from_json, to_json
from corpus.lexicon.acts import WORDS
from corpus.lexicon.declension import head
from corpus.model import Instrument, Provision
from corpus.plain import JsonObject

LAYER = "references"

_AMENDS = re.compile(
    r"(?:внести|вносятся|внесены|вносится|внесении)\b[^.]{0,40}\b(?:в|изменени|дополнени)", re.IGNORECASE
)
_CHANGE_OF = re.compile(
    r"(?<!\w)об?\s(?:частичн\w{1,4}\s)?(?:изменени|дополнени|поправк|уточнени)\w{1,3}\s(?:[^\s]{1,30}\s){0,6}$",
    re.IGNORECASE,
)
"""What stands before the act a title changes: «Протокол об изменении статьи 3 Соглашения …»."""
_ORDERS = re.compile(
    r"изложить|дополнить|исключить|заменить|признать утратив|признается утратив|считать|изменить|исключается|изложена|"
    r"дополняется|заменяются|заменяется|исключаются",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A citation in a provision; `quiet` ones are worth a link only where their document is known."""

    eid: str
    text: str
    citation: Citation
    quiet: bool = False


def layer(instrument: Instrument) -> list[JsonObject]:
    """Read the references of an instrument; JSON values for `Instrument.layers["references"]`."""
    return [
        {"eid": row.eid, "text": row.text, **({"quiet": True} if row.quiet else {}), "citation": to_json(row.citation)}
        for row in rows(instrument)
    ]


def stored(instrument: Instrument) -> tuple[ReferenceRow, ...]:
    """Return the rows of the layer, read now when the instrument has none."""
    values = instrument.layers.get(LAYER)
    if values is None:
        return tuple(rows(instrument))
    return tuple(
        ReferenceRow(v["eid"], v["text"], from_json(Citation, v["citation"]), bool(v.get("quiet"))) for v in values
    )


def rows(instrument: Instrument) -> Iterator[ReferenceRow]:
    """Read the references of an instrument in document order."""
    memory = Memory()
    amended = amended_by_title(instrument, memory)
    own = _own_lemma(instrument)
    provisions = list(instrument.walk())
    for provision in provisions:
        read(provision.text, memory)
    memory.units.clear()
    memory.acts.clear()
    top, act = "", None
    for provision in provisions:
        if provision.eid.split("__")[0] != top:
            top, act = provision.eid.split("__")[0], None
            memory.units.clear()
        found = read(provision.text, memory)
        act = _amended_here(provision, found) or act
        context = act or (amended if amended and _ORDERS.search(provision.text) else None)
        quoted = _in_quotes(provision.text, [citation.span.start for citation in found])
        for citation, inside in zip(found, quoted, strict=True):
            row = _row(provision, _of_quoted_act(citation, own, act or amended), context, quoted=inside)
            if row is not None:
                yield row


def _row(provision: Provision, citation: Citation, context: Named | None, *, quoted: bool) -> ReferenceRow | None:
    text = provision.text
    if citation.named is None and citation.places:
        pointing = any(u.pointing is not Pointing.NONE for p in citation.places for u in p.units)
        if context is not None and quoted and pointing:
            return None
        if context is not None and not pointing:
            citation = replace(citation, named=replace(context, span=citation.span))
    return ReferenceRow(provision.eid, text[slice(*citation.span)], citation, quiet(citation, text))


def _own_lemma(instrument: Instrument) -> str | None:
    found = head(instrument.title)
    return found[1] if found and found[1] in WORDS else None


def _of_quoted_act(citation: Citation, own: str | None, amended: Named | None) -> Citation:
    """«Настоящее Соглашение» in the new wording a protocol gives is the agreement it amends."""
    named = citation.named
    if named is None or amended is None or named.reach is not Reach.THIS or named.lemma in (own, None):
        return citation
    return replace(citation, named=replace(amended, span=named.span)) if named.lemma == amended.lemma else citation


def _in_quotes(text: str, places: Iterable[int]) -> Iterator[bool]:
    """Say of each place, in order of the text, whether a quotation is open there."""
    count, at = dict.fromkeys('«»"“”', 0), 0
    for place in places:
        for mark in count:
            count[mark] += text.count(mark, at, place)
        at = place
        yield count["«"] > count["»"] or count['"'] % 2 == 1 or count["“"] > count["”"]


def _amended_here(provision: Provision, found: tuple[Citation, ...]) -> Named | None:
    """Return the act a lead-in names: «Внести в Соглашение … следующие изменения:»."""
    if not provision.text.rstrip().endswith(":") or not _AMENDS.search(provision.text):
        return None
    return next(
        (c.named for c in found if c.named is not None and not c.places and c.named.reach.value == "named"), None
    )


@lru_cache(maxsize=64)
def of_title(title: str) -> tuple[Citation, ...]:
    """Read what a title cites by itself; three layers of an act ask for the same title one after another."""
    return read(title, Memory())


def named_by_title(instrument: Instrument, memory: Memory) -> Named | None:
    """Remember the act the title names by its type word, and return it: «Протокол к Соглашению …»."""
    found = of_title(instrument.title)
    first = next((c.named for c in found if c.named and not c.places), None)
    named = [c.named for c in found if c.named is not None and not c.named.bare]
    own = _own_lemma(instrument)
    inner = first.inside if first and first.inside and own else None
    act = inner or next((n for n in named if n.lemma != own), None)
    if act is not None and act.lemma != own:
        memory.defined.setdefault(key(act.lemma), act)
    return act


def amended_by_title(instrument: Instrument, memory: Memory) -> Named | None:
    """Remember the act the title names; return it when the title says that it is amended."""
    act = named_by_title(instrument, memory)
    return act if act is not None and says_amended(instrument.title, act) else None


def says_amended(title: str, act: Named) -> bool:
    """Say whether a title tells that the act it names is amended."""
    return bool(_AMENDS.search(title) or _CHANGE_OF.search(title, 0, act.span.start))


def held_by(eid: str, provision: str) -> bool:
    """Say whether a provision is another one or lies in it."""
    return eid == provision or eid.startswith(provision + "__")
