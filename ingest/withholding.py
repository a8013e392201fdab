"""A file without the repairs people took back: its words as printed there, and all that is read of them anew."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from corpus.comparison import decided
from corpus.comparison.decisions import forget, keep
from corpus.comparison.grid import Decision, Verdict
from corpus.comparison.judging.judged import (
    judged,
    judgements,
    mark_of,
    own_judgement,
    repair_decision,
    unapplied,
    withheld,
)
from corpus.errors import ForbiddenError, LibraryBusyError, NotFoundError, SvodError
from corpus.library import Library
from corpus.metadata.corrections import as_read
from corpus.model import Instrument, RepairedAct, SourceFile, Withheld
from corpus.repairs.printed import as_printed, as_repaired, sites
from corpus.repairs.spots import spot_of
from corpus.topics.own_topics import classifier, topics_in, with_topics
from corpus.topics.topics import layer
from ingest.layers.layering import layered

_TRIES = 5
GONE = "Такого исправления в словах документа нет: текст прочитан иначе. Откройте его заново."


def reader(library: Library) -> Callable[[SourceFile], SourceFile]:
    """Return what gives parsed files all that a library's people decided of texts: topics, repairs taken back."""
    classified, made = classifier(library), judged(library.whole.decisions())
    return (lambda file: classified(withholding(file, made))) if made else classified


def withholding(file: SourceFile, made: Sequence[Decision]) -> SourceFile:
    """Return a file without the repairs judged wrong, and with all others; itself when it is so already."""
    base = as_repaired(file)
    held = withheld(base, made)
    return file if held == file.withheld else _without(base, held)


def _without(file: SourceFile, held: tuple[Withheld, ...]) -> SourceFile:
    """Return a file that bears all its repairs without some; an act read anew has the topics of the program's table."""
    numbers = frozenset(one.number for one in held)
    acts, repaired = [], []
    for place, act in enumerate(file.instruments):
        read = as_read(act)
        if (printed := as_printed(file, read, numbers)) is read:
            acts.append(act)
        else:
            repaired.append(RepairedAct(place, _by_own_table(read)))
            acts.append(layered(printed))
    edits = tuple(edit for number, edit in enumerate(file.edits) if number not in numbers)
    return replace(file, edits=edits, withheld=held, repaired=tuple(repaired), instruments=tuple(acts))


def _by_own_table(act: Instrument) -> Instrument:
    return replace(act, layers={**act.layers, "topics": layer(act)})


def settle(library: Library) -> int:
    """Make every text follow what was decided of its repairs; return how many files were written."""
    done = 0
    for document in unapplied(library):
        with suppress(ForbiddenError, NotFoundError):  # another person's to write, or deleted meanwhile
            done += _applied(library, document)
    return done


def _applied(library: Library, document: str) -> bool:
    """Write the file of a document as its repairs were judged; what is decided meanwhile by others is followed too."""
    written = False
    for _ in range(_TRIES):
        file = library.source(document)
        made = withholding(file, judged(library.whole.decisions()))
        if made is file:
            return written
        library.amend(document, with_topics(made, topics_in(library)))
        written = True
    raise LibraryBusyError(f"Исправления документа «{document}» одновременно меняют другие. Повторите.")


def judge(
    library: Library, document: str, marks: Collection[str], verdict: Verdict, signed: tuple[str, str]
) -> list[Decision]:
    """Store what a person says of repairs, known by their marks, and make the text follow; `signed`: author, note.

    All of them or none: raise NotFoundError where one of them stands in the text no more.
    """
    whole, base = library.get(document), as_repaired(library.source(document))
    before = judgements(base, judged(library.whole.decisions()))
    made, earlier = {}, {}
    for number, site in sites(base, base.instruments[whole.place]).items():
        spot, own = spot_of(base, base.edits[number]), own_judgement(before.get(number), document)
        if (mark := mark_of(spot, own)) in marks:
            one = repair_decision(document, spot, verdict, signed, site.eid)
            made[mark] = replace(one, key=own.key) if own else one
            earlier[mark] = own
    if not marks or len(made) < len(set(marks)):
        raise NotFoundError(GONE)
    for one in made.values():
        keep(library, one)
    with _back_when_refused(lambda: _as_before(library, made, earlier)):
        _applied(library, document)
    return list(made.values())


def _as_before(library: Library, made: Mapping[str, Decision], earlier: Mapping[str, Decision | None]) -> None:
    for mark, one in made.items():
        if own := earlier[mark]:
            keep(library, own)
        else:
            forget(library, one.key)


@contextmanager
def _back_when_refused(back: Callable[[], None]) -> Iterator[None]:
    """Put back what was decided when the text cannot follow, as while others write."""
    try:
        yield
    except SvodError:
        back()
        raise


def undo(library: Library, key: str, author: str) -> None:
    """Withdraw a decision of any kind, its text following; raise NotFoundError when there is none."""
    decided.undo(library, key, author)
    _follow(library, key, lambda: decided.redo(library, key, author))


def redo(library: Library, key: str, author: str) -> None:
    """Put a withdrawn decision of any kind in force again, its text following; raise NotFoundError."""
    decided.redo(library, key, author)
    _follow(library, key, lambda: decided.undo(library, key, author))


def _follow(library: Library, key: str, back: Callable[[], None]) -> None:
    kind, _, rest = key.partition(":")
    if kind == decided.DecisionKind.REPAIR:
        with _back_when_refused(back), suppress(NotFoundError):  # of a document that was deleted
            _applied(library, rest.partition(":")[0])


def undo_all(library: Library, document: str, keys: Collection[str], author: str) -> None:
    """Withdraw decisions about repairs of a document, its text following; those that are gone already are passed by."""
    done = []
    for key in keys:
        with suppress(NotFoundError):
            decided.undo(library, key, author)
            done.append(key)

    def back() -> None:
        for key in done:
            decided.redo(library, key, author)

    with _back_when_refused(back):
        _applied(library, document)
