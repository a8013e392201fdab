"""What `svod check` verifies: the file of the truth, every document in it, and the index against it."""

import sqlite3
from collections import Counter
from collections.abc import Iterator

from corpus.errors import LibraryUnavailableError
from corpus.library import Finding
from corpus.local import index
from corpus.local import records as rows
from corpus.local.index import FORM, IndexDamagedError
from corpus.local.store import State
from corpus.local.view import View
from corpus.model import Document, name_of

REINDEX = "Перестройте указатель: svod reindex."


def check(truth: sqlite3.Connection, view: View | None) -> Iterator[Finding]:
    """Verify one moment of the truth and, with a view, the index against it; raise IndexDamagedError."""
    for pragma in ("integrity_check", "foreign_key_check"):
        for found in truth.execute(f"PRAGMA {pragma}").fetchall():
            if tuple(found) != ("ok",):
                yield Finding("truth", f"Файл truth.sqlite повреждён: {found}. {rows.RESTORE}")
    yield from _twice(truth)
    yield from _files(truth)
    expected: dict[str, Counter[str]] = {"body": Counter(), "context": Counter(), "key": Counter()}
    yield from _documents(truth, expected)
    yield from _decisions(truth)
    yield from _entries(truth)
    if view:
        yield from _index(truth, view, expected)


def _twice(truth: sqlite3.Connection) -> Iterator[Finding]:
    found = truth.execute("SELECT id, count(*) FROM shown GROUP BY id HAVING count(*) > 1")
    for id_, number in found:
        yield Finding("twice", f"Документ «{id_}» записан {number} раза. Удалите лишнее: svod delete.")


def _files(truth: sqlite3.Connection) -> Iterator[Finding]:
    for name, sha256, file in truth.execute("SELECT name, sha256, file FROM sources WHERE state = ?", (State.VISIBLE,)):
        try:
            read = rows.unpacked_file(file, ())
        except Exception as error:  # noqa: BLE001  whatever stands there, it is reported
            yield Finding("file", f"Файл «{name}» не читается: {error}. {rows.RESTORE}")
            continue
        if (read.key, read.sha256) != (name, sha256):
            yield Finding("file", f"Под именем «{name}» записан файл «{read.name}». {rows.RESTORE}")
    for name, sha256, file, parser in truth.execute("SELECT name, sha256, file, parser FROM versions"):
        try:
            read = rows.unpacked_whole(file, parser)
        except Exception as error:  # noqa: BLE001  whatever stands there, it is reported
            yield Finding("version", f"Прежняя версия файла «{name}» не читается: {error}. {rows.RESTORE}")
            continue
        if (read.key, read.sha256) != (name, sha256):
            yield Finding("version", f"Прежней версией «{name}» записан файл «{read.name}». {rows.RESTORE}")


_EVERY = """
SELECT doc, id, name, place, clauses, words, deleted, summary, facets, instrument FROM shown UNION ALL
SELECT doc, id, name, place, clauses, words, deleted, summary, facets, instrument FROM hidden
"""


def _documents(truth: sqlite3.Connection, expected: dict[str, Counter[str]]) -> Iterator[Finding]:
    """Verify that documents read and that what is derived follows from them; count what the index should hold."""
    found = truth.execute(_EVERY).fetchall()
    for doc, id_, source, place, number, words, deleted, *told, instrument in found:
        try:
            row = rows.document_row(Document(id_, name_of(source), place, rows.unpacked_instrument(instrument)))
        except Exception as error:  # noqa: BLE001  whatever stands there, it is reported
            yield Finding("document", f"Документ «{id_}» не читается: {error}. {rows.RESTORE}")
            continue
        eids = Counter(p.eid for p in row.document.instrument.walk())
        if repeated := [eid for eid, times in eids.items() if times > 1]:
            yield Finding("eid", f"В документе «{id_}» повторяются обозначения: {', '.join(repeated)}. {rows.RESTORE}")
        if told != [row.summary, row.facets]:
            yield Finding("summary", f"Сведения документа «{id_}» не соответствуют его тексту. {REINDEX}")
        if not deleted:
            yield from _clauses(truth, doc, row, (number, words))
            _count(row, expected)


def _clauses(truth: sqlite3.Connection, doc: int, row: rows.DocumentRow, counted: tuple[int, int]) -> Iterator[Finding]:
    """Verify the clauses of a document, and their number and that of their words."""
    stored = truth.execute("SELECT ord, eid, unit, data, stream FROM clauses WHERE doc = ? ORDER BY ord", (doc,))
    derived = [rows.clause_columns(c) for c in row.clauses]
    if stored.fetchall() != derived or counted != (len(derived), row.words):
        yield Finding("clauses", f"Положения документа «{row.document.id}» не соответствуют его тексту. {REINDEX}")


def _count(row: rows.DocumentRow, expected: dict[str, Counter[str]]) -> None:
    for clause in row.clauses:
        entry = clause.entry(0, 0, 0, row.values)
        expected["body"].update({FORM + w.form for w in entry.body} | {x for w in entry.body for x in w.lemmas})
        expected["context"].update({x for w in entry.context for x in w.lemmas})
        expected["key"].update(set(entry.keys))


def _decisions(truth: sqlite3.Connection) -> Iterator[Finding]:
    for key, value in truth.execute("SELECT key, value FROM decisions"):
        decision = rows.read_decision(value)
        if decision is None or decision["key"] != key:
            yield Finding("decision", f"Решение «{key}» не читается. Примите его заново.")


def _entries(truth: sqlite3.Connection) -> Iterator[Finding]:
    """Read every entry of the registers and every note of the trail."""
    for what, statement in (
        ("Запись реестра", "SELECT register || ':' || key, value FROM registers"),
        ("Запись журнала", "SELECT place, said FROM trail"),
    ):
        for name, value in truth.execute(statement):
            try:
                rows.read_entry(value)
            except LibraryUnavailableError:
                yield Finding("entry", f"{what} «{name}» повреждена. {rows.RESTORE}")


def _index(truth: sqlite3.Connection, view: View, expected: dict[str, Counter[str]]) -> Iterator[Finding]:
    """Compare rows and, for every term, the number of clauses that hold it."""
    everything = view.visible(index.everything())
    stored = {row for (row,) in truth.execute("SELECT row FROM clauses JOIN shown USING (doc)")}
    indexed = view.searcher.rows(everything)
    if sorted(indexed) != sorted(stored):
        yield Finding("index", f"В указателе {len(indexed)} положений, в библиотеке {len(stored)}. {REINDEX}")
    for name, counts in expected.items():
        try:
            wrong = dict(view.searcher.vocabulary("", everything, name=name)).items() ^ counts.items()
        except IndexDamagedError as error:
            yield Finding("index", f"{error} {REINDEX}")
            continue
        if wrong:
            example = min(term for term, _ in wrong)
            yield Finding("index", f"Указатель расходится с текстом в {len(wrong)} словах («{example}»). {REINDEX}")
