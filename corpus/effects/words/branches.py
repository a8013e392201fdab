"""Changes to a tree of provisions; every function returns a new tree, so that what fails leaves the old one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus import eid as eids
from corpus.citations.parsed import CitedUnit
from corpus.citations.resolve.locating import FROM_END, EidIndex
from corpus.effects.operations import RefusedError, Spot
from corpus.model import Kind, Provision

Tree = tuple[Provision, ...]
_PASSED = frozenset({Kind.SECTION, Kind.CHAPTER, Kind.PART})
"""Units a place need not name: articles are numbered through them."""


def walk(tree: Tree) -> Iterator[Provision]:
    """Yield all provisions in document order."""
    for provision in tree:
        yield from provision.walk()


def found(tree: Tree, eid: str) -> Provision:
    """Return a provision that is there."""
    return next(p for p in walk(tree) if p.eid == eid)


def has(tree: Tree, eid: str) -> bool:
    """Say whether there is a provision."""
    return any(p.eid == eid for p in walk(tree))


def parent(tree: Tree, eid: str) -> Provision | None:
    """Return the unit that holds a provision right inside; None at the top."""
    return next((p for p in walk(tree) if any(c.eid == eid for c in p.children)), None)


def siblings(tree: Tree, holder: str | None) -> Tree:
    """Return the units right inside a unit, or at the top."""
    return tree if holder is None else found(tree, holder).children


def edited(tree: Tree, eid: str, change: Callable[[Provision], Tree]) -> Tree:
    """Put what `change` makes of a provision in its place."""
    out: list[Provision] = []
    for provision in tree:
        if provision.eid == eid:
            out += change(provision)
        else:
            children = edited(provision.children, eid, change) if provision.children else ()
            out.append(provision if children == provision.children else replace(provision, children=children))
    return tuple(out)


def with_children(tree: Tree, holder: str | None, children: Tree) -> Tree:
    """Give a unit (or the top) other units inside."""
    return children if holder is None else edited(tree, holder, lambda p: (replace(p, children=children),))


def rebased(provision: Provision, eid: str) -> Provision:
    """Give a provision another eId, and all inside it theirs."""
    old = provision.eid

    def moved(p: Provision) -> Provision:
        name = eid + p.eid[len(old) :] if p.eid == old or p.eid.startswith(old + "__") else p.eid
        return replace(p, eid=name, children=tuple(map(moved, p.children)))

    return moved(provision)


def with_text(provision: Provision, text: str) -> Provision:
    """Give a provision other words; where they stand in the source is no more known."""
    return replace(provision, text=text, trace=(), variants=())


def indexed(tree: Tree) -> EidIndex:
    """Return the eIds of a tree, taken apart once for all instructions that find it with the same ones."""
    return _index(tuple(p.eid for p in walk(tree)))


_index = lru_cache(8)(EidIndex)


def settled(tree: Tree, target: Spot) -> Spot:
    """Return a place by the units its act has: «часть первая» of an article of unnumbered paragraphs is the first one.

    Its other parts are found as they are; the first is the article's own text, without what is inside.
    """
    *outer, last = target.units or (None,)
    if last is None or last.kind is not Kind.PART or last.num != "1" or not outer:
        return target
    index = indexed(tree)
    holders = index.find(tuple(outer))
    if len(holders) != 1 or index.find(target.units) not in ((), holders):
        return target
    held = found(tree, holders[0])
    if not held.text or any(child.kind is not Kind.ALINEA for child in held.children):
        return target
    return replace(target, units=(*outer, replace(last, kind=Kind.ALINEA)), own=True)


def locate(tree: Tree, target: Spot) -> str:
    """Return the provision a target means; raise RefusedError when there is none or it cannot be told."""
    index = indexed(tree)
    eid_s = [e for e in index.find(target.units) if _named_in_full(e, target)]
    if len(eid_s) == 1:
        return eid_s[0]
    where = said(target.units)
    raise RefusedError(f"{where}: не ясно, какое положение" if eid_s else f"{where}: такого положения нет")


def _named_in_full(eid: str, target: Spot) -> bool:
    """Say whether a place leaves out no unit but those articles are numbered through, and «3» of «3.1»."""
    steps = eids.parse(eid)
    units = list(target.units[:-1] if target.own else target.units)
    at = 0
    for i, step in enumerate(steps):
        following = steps[i + 1] if i + 1 < len(steps) else None
        if at < len(units) and (units[at].num in (step.num, None) or units[at].num in FROM_END):
            at += 1
        elif step.kind in _PASSED or _holds_dotted(step, following) or step.kind is Kind.BODY:
            continue
        else:
            return False
    return at == len(units)


def _holds_dotted(step: eids.Step, following: eids.Step | None) -> bool:
    return (
        following is not None
        and following.kind is Kind.SUBPARAGRAPH
        and (following.num or "").startswith(f"{step.num}-")
    )


_WORDS = {
    Kind.ARTICLE: "ст.",
    Kind.PARAGRAPH: "п.",
    Kind.SUBPARAGRAPH: "п.",
    Kind.POINT: "подп.",
    Kind.PART: "ч.",
    Kind.ALINEA: "абз.",
    Kind.CHAPTER: "гл.",
    Kind.SECTION: "разд.",
    Kind.ATTACHMENT: "прил.",
    Kind.NOTE: "прим.",
    Kind.PREAMBLE: "преамбула",
    Kind.CONCLUSIONS: "заключительная часть",
}
_LETTERS = {latin: cyrillic for cyrillic, latin in reversed(eids.CYRILLIC.items()) if latin}


def said(units: tuple[CitedUnit, ...]) -> str:
    """Write a place short, innermost unit first.

    >>> said((CitedUnit(Kind.ARTICLE, "3-1"), CitedUnit(Kind.POINT, "g")))
    'подп. «г» ст. 3.1'
    """
    return " ".join(f"{_WORDS.get(u.kind, '')} {_shown(u)}".strip() for u in reversed(units)) or "акт"


def _shown(unit: CitedUnit) -> str:
    num = printed(unit.num or "")
    return f"«{num}»" if num and not num[0].isdigit() else num


def printed(num: str) -> str:
    """Write the number of an eId as it is printed.

    >>> printed("12-1"), printed("zh"), printed("5")
    ('12.1', 'ж', '5')
    """
    return _LETTERS.get(num, num.replace("-", "."))


_ALPHABET = [latin for latin in eids.CYRILLIC.values() if latin]


def order(num: str | None) -> tuple[tuple[int, int], ...]:
    """Return a key that puts the numbers of one list in order: 2, 2-1, 3; а, б.

    >>> sorted(["3", "10", "2-1", "2"], key=order)
    ['2', '2-1', '3', '10']
    """
    return tuple(
        (0, int(part)) if part.isdigit() else (1, _ALPHABET.index(part) if part in _ALPHABET else 99)
        for part in (num or "").split("-")
    )


def number(provision: Provision) -> str | None:
    """Return the number of a provision as it stands in its eId."""
    return eids.parse(provision.eid)[-1].num


@dataclass(frozen=True, slots=True)
class Marks:
    """Which provisions a change touched: changed or new ones, and where each renumbered one went."""

    touched: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
