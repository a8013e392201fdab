"""Texts quoted by amending acts, read into units as those of a file are."""

from dataclasses import replace

from analyzers.repair import Repaired
from corpus import eid as eids
from corpus.model import Provision
from ingest.acts.markers import KIND, Marker, division, follows, numbered
from ingest.acts.parts.segments import Segment
from ingest.acts.structure import provisions
from ingest.layout.lines import read_lines
from ingest.layout.paragraphs import read_paragraphs
from ingest.source import SourceText

_HOLDER = "Статья 1\n\nСтороны установили следующее:\n\n"
"""An article with a text of its own, in which what a quoted unit holds is read."""
_HOLDER_EID = "art_1"


def fragment(text: str) -> tuple[Provision, ...]:
    r"""Read the units a quoted text begins with a number or «Статья N»; none for words alone.

    >>> [(p.eid, p.text) for unit in fragment("3. Стороны:\nа) ищут;\nб) находят.") for p in unit.walk()]
    [('para_3', 'Стороны:'), ('para_3__point_a', 'ищут;'), ('para_3__point_b', 'находят.')]
    """
    paragraphs = [line for line in text.split("\n") if line.strip()]
    if not paragraphs:
        return ()
    if division(paragraphs[0]):
        return tuple(p for p in _read("\n\n".join(paragraphs)) if p.kind in KIND.values())
    first = numbered(paragraphs[0])
    if first is None:
        return ()
    heads: list[tuple[Marker, list[str]]] = []
    for paragraph in paragraphs:
        marker = numbered(paragraph)
        if marker and marker.style is first.style and (not heads or follows(first.style, heads[-1][0], marker) == 0):
            heads.append((marker, [paragraph[marker.end :].strip()]))
        else:
            heads[-1][1].append(paragraph)
    return tuple(_unit(marker, lines) for marker, lines in heads)


def _unit(marker: Marker, lines: list[str]) -> Provision:
    kind = KIND[marker.style]
    eid = eids.step(kind, marker.step)
    children: tuple[Provision, ...] = ()
    if len(lines) > 1:
        holder = _read(_HOLDER + "\n\n".join(lines[1:]))[0]
        children = tuple(_moved(child, eid) for child in holder.children)
    return Provision(eid, kind, lines[0], marker.num, children=children)


def _moved(provision: Provision, holder: str) -> Provision:
    eid = holder + provision.eid.removeprefix(_HOLDER_EID)
    return replace(provision, eid=eid, children=tuple(_moved(child, holder) for child in provision.children))


def _read(text: str) -> tuple[Provision, ...]:
    repaired = Repaired(text)
    lines, _ = read_lines(SourceText(text, "plain"), repaired)
    read, _ = provisions(Segment((), tuple(read_paragraphs(lines)), ()), repaired)
    return tuple(_bare(p) for p in read)


def _bare(provision: Provision) -> Provision:
    """Leave out the places in a source: those of the quotation are none of the file's."""
    return replace(provision, trace=(), label_spans=(), variants=(), children=tuple(map(_bare, provision.children)))
