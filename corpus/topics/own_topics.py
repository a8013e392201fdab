"""Topics a library's users add by example clauses: kept among the decisions, so on every engine and in every copy."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from analyzers.lemmas import folded
from analyzers.terms import terms
from corpus.errors import ConflictError, InputError, NotFoundError
from corpus.library import Library, Progress
from corpus.model import SourceFile
from corpus.plain import JsonObject, Record
from corpus.topics.topics import Topic, Topics, extended, layer, topics

PREFIX = "topic:"
LABEL_LIMIT, EXAMPLE_LIMIT, MOST_EXAMPLES = 100, 4000, 50
FEWEST_WORDS = 3
"""An example of fewer words resembles anything."""


@dataclass(frozen=True, slots=True)
class OwnTopic:
    """A topic as a user told it; with the id of a built-in topic it adds examples to that one."""

    id: str
    label: str
    description: str
    examples: tuple[str, ...]
    author: str
    time: str


def own_topics(library: Library) -> list[OwnTopic]:
    """Return the topics users added, by id."""
    return _among(library.decisions())


def topics_in(library: Library) -> Topics:
    """Return the table in force in a library: the built-in one, the file of SVOD_TOPICS and what users added."""
    return topics_among(library.decisions())


def topics_among(decisions: Iterable[Mapping[str, object]]) -> Topics:
    """Return the table in force by what a library has stored of decisions; those about anything else are left alone."""
    return _table(topics(), tuple(_among(decisions)))


def _among(decisions: Iterable[Mapping[str, object]]) -> list[OwnTopic]:
    return [_read(d) for d in decisions if str(d.get("key", "")).startswith(PREFIX)]


@lru_cache(maxsize=8)
def _table(base: Topics, own: tuple[OwnTopic, ...]) -> Topics:
    return extended(base, [_topic(base, n, topic) for n, topic in enumerate(own)]) if own else base


def _topic(base: Topics, n: int, own: OwnTopic) -> Topic:
    known = base.by_id.get(own.id)
    if known is not None:
        return replace(known, examples=(*known.examples, *own.examples))
    return Topic(own.id, own.label, own.description, len(base.by_id) + n, examples=own.examples)


def add_topic(
    library: Library, label: str, examples: Sequence[str], author: str, description: str = "", id_: str = ""
) -> OwnTopic:
    """Store a topic, or more examples of one; a built-in topic is named by its id or label.

    Raise InputError for an empty label, or for an example that is too short or too long.
    """
    label, base = " ".join(label.split()), topics_in(library)
    named = [t for t in base.by_id.values() if t.id == id_ or t.label.lower() == label.lower()]
    if not label and named:
        label = named[0].label
    if not label or len(label) > LABEL_LIMIT:
        raise InputError(f"Тему надо назвать; название не длиннее {LABEL_LIMIT} знаков.")
    key = named[0].id if named else id_ or re.sub("[^0-9a-zа-я]++", "-", folded(label)).strip("-")
    if not re.fullmatch(r"[0-9a-zа-я][0-9a-zа-я-]{0,99}", key):
        raise InputError(f"Краткое имя темы «{key}» должно состоять из строчных букв, цифр и дефисов.")
    before = next((t.examples for t in own_topics(library) if t.id == key), ())
    every = tuple(dict.fromkeys((*before, *(_example(e) for e in examples))))
    if not every or len(every) > MOST_EXAMPLES:
        raise InputError(f"У темы должен быть хотя бы один образец, и не больше {MOST_EXAMPLES}.")
    shown = named[0].label if named else label
    made = OwnTopic(key, shown, " ".join(description.split())[:EXAMPLE_LIMIT], every, author, _now())
    library.decide(shape(made))
    return made


def _example(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > EXAMPLE_LIMIT:
        raise InputError(f"Образец длиннее {EXAMPLE_LIMIT} знаков: «{text[:60]}…».")
    if len(terms(text)) < FEWEST_WORDS:
        raise InputError(f"Образец «{text}» слишком короток: нужно хотя бы {FEWEST_WORDS} слова.")
    return text


def remove_topic(library: Library, id_: str) -> None:
    """Withdraw a topic a user added, or the examples added to a built-in one; raise NotFoundError."""
    if not any(t.id == id_ for t in own_topics(library)):
        raise NotFoundError(f"Своей темы «{id_}» в библиотеке нет. Список: svod topics.")
    library.decide({"key": PREFIX + id_, "deleted": True})


def classifier(library: Library) -> Callable[[SourceFile], SourceFile]:
    """Return what gives freshly parsed files the topics of the library's table; it does nothing where that is ours."""
    table = topics_in(library)
    return (lambda file: file) if table is topics() else (lambda file: with_topics(file, table))


def with_topics(file: SourceFile, table: Topics) -> SourceFile:
    """Return a file with the topics of its provisions by a table; the file itself when they are those already."""
    made = tuple(
        replace(act, layers={**act.layers, "topics": found})
        if act.layers.get("topics") != (found := layer(act, table))
        else act
        for act in file.instruments
    )
    return (
        file
        if all(new is old for new, old in zip(made, file.instruments, strict=True))
        else replace(file, instruments=made)
    )


def reclassify(library: Library, progress: Progress | None = None) -> int:
    """Classify every document again by the table in force; return how many files changed.

    Documents that are deleted stay so. It may be repeated after a break.
    """
    table, changed = topics_in(library), 0
    files = [stored for stored in library.files() if stored.documents]
    for done, stored in enumerate(files, 1):
        try:
            file = library.source(stored.documents[0])
        except NotFoundError:  # deleted meanwhile
            continue
        made = with_topics(file, table)
        if made is not file:
            changed += 1
            for back in set(library.put(made, origin=stored.origin).documents) - set(stored.documents):
                library.delete(back)
        if progress:
            progress(done, len(files))
    return changed


def shape(topic: OwnTopic) -> Record:
    """Write a topic as it is stored and exported."""
    return {
        "key": PREFIX + topic.id,
        "topic": topic.id,
        "label": topic.label,
        "description": topic.description,
        "examples": list(topic.examples),
        "author": topic.author,
        "time": topic.time,
    }


def _read(stored: JsonObject) -> OwnTopic:
    return OwnTopic(
        str(stored["key"]).removeprefix(PREFIX),
        str(stored.get("label", "")),
        str(stored.get("description", "")),
        tuple(map(str, stored.get("examples", ()))),
        str(stored.get("author", "")),
        str(stored.get("time", "")),
    )


def take(library: Library, value: Any, by: str = "") -> int:
    """Store topics exported elsewhere, imported `by` somebody, and return how many; never an older over a newer one.

    Raise InputError.
    """
    if not isinstance(value, list) or not all(isinstance(v, Mapping) and v.get("examples") for v in value):
        raise InputError("Темы в выгрузке не читаются; ничего не сохранено.")
    have, count = {t.id: t.time for t in own_topics(library)}, 0
    for entry in value:
        made = _read({**entry, "key": str(entry.get("key", ""))})
        if not made.id or len(json.dumps(shape(made))) > MOST_EXAMPLES * EXAMPLE_LIMIT * 6:
            raise ConflictError("Тема в выгрузке без краткого имени или слишком велика.")
        if have.get(made.id, "") <= made.time:
            library.decide({**shape(made), "imported_by": by})
            count += 1
    return count


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
