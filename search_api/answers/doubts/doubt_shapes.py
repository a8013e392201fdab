"""Doubts as the public contract has them, the same for the command line and HTTP."""

from collections import Counter

from corpus.library import Library
from corpus.search import cursors
from search_api.answers.doubts.doubtful import DoubtKind, doubtful
from search_api.answers.doubts.doubts_told import DoubtAct, Teller, ToldDoubt
from search_api.answers.standing import Answered, ShortState, Standing

DOUBTS_PAGE = 50
"""Doubts told at once when nothing else is asked."""


class DoubtPlaceAnswer(Answered):
    """A provision a doubt is about, with its words and its state."""

    document: str
    eid: str
    place: str
    text: str
    state: ShortState | None


class DoubtAnswer(Answered):
    """A doubt: `what` names it when it is answered, `acts` are the answers it takes."""

    kind: DoubtKind
    document: str
    what: str
    subject: str
    message: str
    reasons: tuple[str, ...]
    places: tuple[DoubtPlaceAnswer, ...]
    acts: tuple[DoubtAct, ...]
    state: ShortState | None


class DoubtsAnswer(Answered):
    """A page of doubts in the order of the library; `kinds` counts all of the document asked, or of the library."""

    doubts: tuple[DoubtAnswer, ...]
    kinds: dict[DoubtKind, int]
    total: int
    cursor: str | None = None


def doubts_answer(
    library: Library, document: str = "", kind: str = "", limit: int = DOUBTS_PAGE, cursor: str | None = None
) -> DoubtsAnswer:
    """Shape a page of doubts; raise CursorError, and NotFoundError for a document that is not there."""
    if document:
        library.get(document)
    every = [one for one in doubtful(library) if document in ("", one.document)]
    listed = [one for one in every if kind in ("", one.kind)]
    mark = cursors.mark("doubts", document, kind)
    start = cursors.read(cursor, mark).offset if cursor else 0
    page, end = listed[start : start + limit], start + limit
    following = cursors.write(end, (page[-1].document, ""), mark) if page and end < len(listed) else None
    standing, teller = Standing(library), Teller(library)
    return DoubtsAnswer(
        doubts=tuple(_shaped(teller.told(one), standing) for one in page),
        kinds=dict(Counter(one.kind for one in every)),
        total=len(listed),
        cursor=following,
    )


def _shaped(doubt: ToldDoubt, standing: Standing) -> DoubtAnswer:
    places = tuple(
        DoubtPlaceAnswer(
            document=p.document, eid=p.eid, place=p.name, text=p.words, state=standing.shape(p.document, p.eid)
        )
        for p in doubt.places
    )
    return DoubtAnswer(
        kind=doubt.kind,
        document=doubt.document,
        what=doubt.what,
        subject=doubt.subject,
        message=doubt.message,
        reasons=doubt.reasons,
        places=places,
        acts=doubt.acts,
        state=standing.shape(doubt.document),
    )
