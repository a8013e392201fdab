"""Chains of units, and the places they mean."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.citations.parsed import CitedPlace, CitedUnit, Pointing
from corpus.citations.read import grammar as g
from corpus.citations.read.numbers import Number
from corpus.model import Kind

Units = tuple[CitedUnit, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """A unit word with its numbers or pointing word."""

    kind: Kind
    word: str
    end: int
    numbers: tuple[Number, ...] = ()
    pointing: Pointing = Pointing.NONE
    leading: bool = False
    several: bool = False


@dataclass(slots=True)
class Chain:
    """Elements innermost first; `down` are those read outermost first after the head."""

    elements: list[Element]
    end: int

    @property
    def outermost(self) -> Element:
        """Return the unit that holds the others."""
        return self.elements[-1]


def spread(chains: list[Chain]) -> Iterable[CitedPlace]:
    """Turn chains into places; a chain that stops short takes the outer units of the next that goes further.

    «пункт 3 и абзац второй пункта 4 статьи 5»: пункт 3 is of статья 5 too.
    """
    for i, chain in enumerate(chains):
        elements = list(chain.elements)
        top = elements[-1]
        if not top.pointing and g.RANK[top.kind] < g.RANK[Kind.ARTICLE]:
            for later in chains[i + 1 :]:
                outer = _outer(top, later.elements)
                if outer:
                    elements += outer
                    break
        yield from _product(elements)


def _outer(top: Element, later: list[Element]) -> list[Element]:
    floor = max(g.RANK[top.kind], g.RANK[later[0].kind])
    return [e for e in later if g.RANK[e.kind] > floor]


def _product(elements: list[Element]) -> Iterable[CitedPlace]:
    steps = [_units(e) for e in reversed(elements) if e.kind is not Kind.BODY]
    for combination in itertools.product(*steps) if steps else ():
        # «ч. 2 ст. 3 (п. 2)»: what stands in brackets behind the article lies in its part.
        units = (*(c[0][0] for c in combination), *itertools.chain.from_iterable(c[0][1:] for c in combination))
        last = combination[-1]
        yield CitedPlace(units, any(c[1] for c in combination), last[2])


def _units(element: Element) -> list[tuple[Units, bool, bool]]:
    """Return the units of an element's numbers, whether each lies inside a range and whether it ends one."""
    if not element.numbers:
        return [((CitedUnit(element.kind, pointing=element.pointing),), False, False)]
    out: list[tuple[Units, bool, bool]] = []
    for n in element.numbers:
        unit = CitedUnit(element.kind, n.value, n.ordinal, element.pointing, n.again)
        if n.below:
            out += [((unit, *units), n.inner, False) for units in n.below]
        else:
            out.append(((unit,), n.inner, n.until))
    return out
