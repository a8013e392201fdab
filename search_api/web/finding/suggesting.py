"""What the search box suggests while a query is typed."""

import re
from collections.abc import Iterator

from analyzers.lemmas import lemmas
from analyzers.letters import folded
from corpus.citations import answering as citing
from corpus.citations.writing import cite
from corpus.clauses.tree import Everything, FieldName
from corpus.lexicon.acts import TREATIES
from corpus.library import Library
from corpus.model import InstrumentType
from corpus.search.language.fieldnames import FIELDS
from corpus.topics.own_topics import topics_in
from search_api.web.strings import TYPES, text
from search_api.web.views import value_name

MOST = 8
_MOST_VALUES = 1_000
PASTED = 100
"""Characters from which on what is typed may be a paragraph of a text."""
_CITATION = re.compile(r"\b(?:ст|п|пп|подп|абз|ч|статья|статьи|пункт)\b\.?\s*«?[\dа-я]", re.IGNORECASE)
_FIELD = re.compile(r"(?<!\S)(?P<name>[^\s:]{2,32}):\s?(?P<value>[^:]{0,60})$")
_VALUED = (FieldName.PARTY, FieldName.BODY, FieldName.PLACE, FieldName.TYPE, FieldName.LANGUAGE)


def suggestions(library: Library, typed: str) -> list[dict[str, str]]:
    """Return at most MOST suggestions: {label, note, value} continues the query, {label, note, href} opens,
    {label, note, check} checks the citations of what is typed.
    """
    field = _FIELD.search(typed)
    if field and folded(field["name"]) in FIELDS:
        return list(_valued(library, typed[: field.start("value")], FIELDS[folded(field["name"])], field["value"]))[
            :MOST
        ]
    if _pasted(typed):
        return [{"label": text("search.citecheck"), "note": "", "check": "/citecheck"}]
    found = [*_cited(library, typed), *_continued(library, typed), *_topics(library, typed), *_titled(library, typed)]
    return found[:MOST]


def _pasted(typed: str) -> bool:
    """Say whether a paragraph of somebody's text was pasted: long, with a citation or quoted words.

    >>> _pasted("отказ в исполнении запроса"), _pasted("Как указано в ст. 5 Соглашения, " + "стороны вправе " * 6)
    (False, True)
    """
    return len(typed) >= PASTED and (_CITATION.search(typed) is not None or "«" in typed)


def _cited(library: Library, typed: str) -> Iterator[dict[str, str]]:
    """Suggest the provisions that a citation means: «п. 2 ст. 6 Соглашения от 23.10.2008»."""
    if not _CITATION.search(typed):
        return
    targets = [target for citation in citing.answer(typed, library)[:1] for target in citation.targets[:4]]
    known = {s.id: s for s in library.documents()} if targets else {}
    for target in targets:
        eid = target.eids[0] if target.eids else ""
        if summary := known.get(target.document):
            href = f"/d/{target.document}" + (f"/{eid}" if eid else "")
            yield {"label": cite(summary, eid), "note": text("search.suggest.open"), "href": href}


def _valued(library: Library, head: str, field: FieldName, begun: str) -> Iterator[dict[str, str]]:
    """Suggest values of a field: «сторона:», «тема:»."""
    words = folded(begun.strip().strip('"«»')).split()
    if field is FieldName.TOPIC:
        named = [(topic.label, 0) for topic in topics_in(library).by_id.values()]
    elif field in _VALUED:
        counts = library.counts(Everything(), [str(field)], _MOST_VALUES)[str(field)]
        named = [(value_name(str(field), value), count) for value, count in counts.items()]
    else:
        return
    for name, count in named:
        if all(any(own.startswith(word) for own in folded(name).split()) for word in words):
            value = f'"{name}"' if " " in name else name
            yield {"label": name, "note": str(count or ""), "value": f"{head}{value} "}


def _continued(library: Library, typed: str) -> Iterator[dict[str, str]]:
    """Suggest words of the library that continue the last word, each once by its commonest form."""
    last = typed.rsplit(maxsplit=1)[-1] if typed.strip() and not typed[-1].isspace() else ""
    word = folded(last.lstrip('-=("«'))
    if len(word) < 2 or not word.isalpha():
        return
    head = typed[: len(typed) - len(word)]
    seen: set[str] = set()
    for term, count in library.terms(word, 24):
        lemma = lemmas(term)[0]
        if term == word or lemma in seen:
            continue
        seen.add(lemma)
        yield {"label": head + term, "note": str(count), "value": head + term + " "}
        if len(seen) == 5:
            return


def _topics(library: Library, typed: str) -> Iterator[dict[str, str]]:
    """Suggest the topics whose name has the words."""
    words = folded(typed).split()
    if len(typed.strip()) < 3 or any(not word.isalpha() for word in words):
        return
    named = [t.label for t in topics_in(library).by_id.values()]
    found = [n for n in named if all(any(o.startswith(w) for o in folded(n).split()) for w in words)]
    yield from ({"label": name, "note": text("search.suggest.topic"), "value": f'тема:"{name}" '} for name in found[:2])


def _titled(library: Library, typed: str) -> Iterator[dict[str, str]]:
    """Suggest documents whose title has the words, agreements first."""
    if len(typed.strip()) < 3:
        return
    words = folded(typed).split()
    for summary in sorted(library.documents(), key=lambda s: InstrumentType(s.type) not in TREATIES):
        title = folded(summary.title)
        if all(w in title for w in words):
            yield {"label": summary.title, "note": TYPES.get(summary.type, ""), "href": f"/d/{summary.id}"}
