"""A new index from the truth, beside the old one, and the one transaction that puts it in its place."""

import shutil
import sqlite3
from pathlib import Path

from corpus.library import Progress
from corpus.local import records as rows
from corpus.local.index import Index, Writer
from corpus.local.store import State, Store, advance, meta
from corpus.local.writing import insert_clauses, purge
from corpus.model import Document, name_of


def index_folder(folder: Path, number: int) -> Path:
    """Return the folder of an index."""
    return folder / f"index-{number}"


def rebuild(store: Store, progress: Progress | None = None) -> int:
    """Rebuild clauses, index and summaries from the documents; return the number of clauses.

    The caller holds the lock.
    """
    with store.reading() as truth:
        number = meta(truth, "index") + 1
        docs = truth.execute("SELECT doc, gen FROM shown ORDER BY doc").fetchall()
        kept = truth.execute("SELECT doc FROM hidden ORDER BY doc").fetchall()
    writer = Index(index_folder(store.folder, number), create=True).writer()
    changed, told, total = [], [], 0
    for done, (doc, gen) in enumerate(docs):
        with store.reading() as truth:
            row = _document_row(truth, doc)
            numbers = _same_clauses(truth, doc, row)
            told += _other_summary(truth, doc, row)
        if numbers is None:
            changed.append((doc, gen))
        for at, clause in zip(numbers or (), row.clauses, strict=numbers is not None):
            writer.add(clause.entry(at, gen, doc, row.values))
        total += len(row.clauses)
        if progress:
            progress(done + 1, len(docs))
    for (doc,) in kept:
        with store.reading() as truth:
            told += _other_summary(truth, doc, _document_row(truth, doc))
    with store.writing() as truth:
        for doc, gen in changed:
            _rewrite(truth, writer, doc, gen)
        truth.executemany("UPDATE documents SET summary = ?, facets = ? WHERE doc = ?", told)
        writer.commit()
        hidden = truth.execute("SELECT gen FROM sources WHERE state != ?", (State.VISIBLE,)).fetchall()
        purge(truth, [g for (g,) in hidden])
        truth.execute("DELETE FROM clauses WHERE doc IN (SELECT doc FROM documents WHERE deleted)")
        truth.execute("UPDATE documents SET clauses = 0, words = 0 WHERE deleted")
        truth.execute("UPDATE meta SET value = ? WHERE key = 'index'", (number,))
        truth.execute("UPDATE meta SET value = ? WHERE key = 'analysis'", (rows.LAYOUT,))
        advance(truth, "epoch")
    writer.close()
    sweep(store.folder, number)
    return total


def sweep(folder: Path, number: int) -> None:
    """Remove the folders of other indexes."""
    for old in folder.glob("index-*"):
        if old != index_folder(folder, number):
            shutil.rmtree(old, ignore_errors=True)


def _document_row(truth: sqlite3.Connection, doc: int) -> rows.DocumentRow:
    id_, source, place, instrument = truth.execute(
        "SELECT id, name, place, instrument FROM documents JOIN sources USING (gen) WHERE doc = ?", (doc,)
    ).fetchone()
    return rows.document_row(Document(id_, name_of(source), place, rows.unpacked_instrument(instrument)))


def _same_clauses(truth: sqlite3.Connection, doc: int, row: rows.DocumentRow) -> list[int] | None:
    """Return the rows of the document's stored clauses when they are as they should be."""
    stored = truth.execute(
        "SELECT row, ord, eid, unit, data, stream FROM clauses WHERE doc = ? ORDER BY ord", (doc,)
    ).fetchall()
    wanted = [rows.clause_columns(c) for c in row.clauses]
    return [number for number, *_ in stored] if [tuple(rest) for _, *rest in stored] == wanted else None


def _other_summary(truth: sqlite3.Connection, doc: int, row: rows.DocumentRow) -> list[tuple[str, str, int]]:
    """Return summary and facets of a document, with its number, when those stored are not as they should be."""
    stored = truth.execute("SELECT summary, facets FROM documents WHERE doc = ?", (doc,)).fetchone()
    return [] if stored == (row.summary, row.facets) else [(row.summary, row.facets, doc)]


def _rewrite(truth: sqlite3.Connection, writer: Writer, doc: int, gen: int) -> None:
    row = _document_row(truth, doc)
    truth.execute("DELETE FROM clauses WHERE doc = ?", (doc,))
    truth.execute("UPDATE documents SET clauses = ?, words = ? WHERE doc = ?", (len(row.clauses), row.words, doc))
    insert_clauses(truth, writer, (gen, doc), row)
