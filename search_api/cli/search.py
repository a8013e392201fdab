"""`svod search`, `svod explain`, `svod matrix` and `svod wordings`."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.comparison.grid import CellStatus, MatrixOrder
from corpus.effects.standing import bracketed
from corpus.errors import QueryError
from corpus.library import Library
from corpus.search.answers import Answer, SearchOptions, Sort
from search_api.cli.console import JsonOption, LibraryOption, deliver, emit, opened, say, text_argument
from search_api.cli.filters import filtered

if TYPE_CHECKING:
    from corpus.comparison.kept.matrix import Matrix
    from corpus.comparison.kept.wordings import Wordings

_DASHED = {"ignore_unknown_options": True}
"""A query may begin with «-»."""


def register(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command("search", help="Найти положения: слова, фразы, операторы, поля.", context_settings=_DASHED)(_search)
    app.command("explain", help="Почему положение так оценено по запросу.", context_settings=_DASHED)(_explain)
    app.command("matrix", help="Все документы по темам: есть, нет, значение; отбор как у поиска.")(_matrix)
    app.command("wordings", help="Как тема сказана в документах: обычные слова, отличия, у кого её нет.")(_wordings)


@filtered
def _search(  # noqa: PLR0913, PLR0917  the options of the command
    query: Annotated[str, typer.Argument(help="Запрос; «-» берёт его из стандартного ввода.", show_default=False)],
    library: LibraryOption,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Сколько положений показать.")] = 10,
    cursor: Annotated[str | None, typer.Option("--cursor", help="Следующая страница: cursor из ответа.")] = None,
    sort: Annotated[str, typer.Option("--sort", help="relevance, date или order.")] = "relevance",
    all_words: Annotated[bool, typer.Option("--all-words", help="Все слова обязательны.")] = False,
    as_typed: Annotated[bool, typer.Option("--as-typed", help="Не исправлять раскладку и опечатки.")] = False,
    no_derivations: Annotated[bool, typer.Option("--no-derivations", help="Без однокоренных слов.")] = False,
    no_synonyms: Annotated[bool, typer.Option("--no-synonyms", help="Без синонимов.")] = False,
    no_topics: Annotated[bool, typer.Option("--no-topics", help="Без тем, к которым ведут слова запроса.")] = False,
    no_vectors: Annotated[bool, typer.Option("--no-vectors", help="Без слов, близких по смыслу.")] = False,
    no_semantic: Annotated[bool, typer.Option("--no-semantic", help="Без сравнения по смыслу моделью.")] = False,
    no_prior: Annotated[bool, typer.Option("--no-prior", help="Не ставить соглашения прежде судебных актов.")] = False,
    facet: Annotated[
        list[str] | None,
        typer.Option("--facet", help="Посчитать по полю (type, party, year…); можно повторять.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    **filters: list[str] | None,
) -> None:
    from corpus.search.language.filters import facets_of
    from corpus.search.paging import paged
    from corpus.search.search import search

    options = SearchOptions(
        limit=limit,
        cursor=cursor,
        sort=_order(sort),
        all_words=all_words,
        as_typed=as_typed,
        facets=facets_of(facet or ()),
        derivations=not no_derivations,
        synonyms=not no_synonyms,
        topics=not no_topics,
        vectors=not no_vectors,
        semantic=not no_semantic,
        prior=not no_prior,
    )
    with opened(library) as found:
        _tell(paged(found, search(found, text_argument(query).strip(), _narrowed(found, options, filters))), as_json)


def _narrowed(library: Library, options: SearchOptions, filters: Mapping[str, list[str] | None]) -> SearchOptions:
    """Return the options with the filters of the command."""
    from corpus.search.language.filters import filters_of

    return replace(options, filters=filters_of(library, {name: values for name, values in filters.items() if values}))


def _order(name: str) -> Sort:
    if name not in set(Sort):
        raise QueryError(f"Такого порядка нет: «{name}». Есть: relevance, date, order.")
    return Sort(name)


def _tell(answer: Answer, as_json: bool) -> None:
    """Print what was found, and how the query was read."""
    from corpus.search.search import answer_json

    if as_json:
        emit(answer_json(answer))
        return
    say(answer.understood)
    if answer.reading.way_back:
        say("Искать как набрано: добавьте --as-typed.")
    if answer.reading.suggestions:
        say(f"Возможно, нужно: {', '.join(answer.reading.suggestions)}.")
    sys.stdout.writelines(_noticed(answer))
    for number, document in enumerate(answer.documents or (), 1):
        sys.stdout.write(f"{number}. {document.title}  [{document.id}]\n   {document.why}\n")
    if answer.documents is not None:
        say(f"Найдено документов: {len(answer.documents)}.")
        return
    sys.stdout.writelines(_shown(answer))
    sys.stdout.writelines(_counted(answer.facets))
    whole = f", со всеми словами: {answer.whole}" if answer.whole else ""
    say(f"Найдено положений: {answer.total}{whole}, показано: {len(answer.hits)}.")


def _noticed(answer: Answer) -> Iterable[str]:
    """Write what the answer says of itself."""
    for notice in answer.notices:
        near = "; ".join(place.citation for place in notice.near)
        yield f"{notice.message}{f' Есть: {near}.' if near else ''}\n"


def _shown(answer: Answer) -> Iterable[str]:
    for number, hit in enumerate(answer.hits, 1):
        if answer.whole and number == answer.whole + 1:
            yield f"— ещё {answer.total - answer.whole} с частью слов —\n"
        mark = " (по смыслу)" if hit.second_reading else ""
        page = f", с. {hit.page}" if hit.page else ""
        yield f"{number}. {hit.citation}{page}{mark}{bracketed(hit.state)}  [{hit.document} {hit.eid}]\n"
        text = hit.text or hit.heading
        for span in reversed(hit.highlights):
            text = f"{text[: span.start]}*{text[span.start : span.end]}*{text[span.end :]}"
        yield f"   {text}\n"


def _counted(facets: Mapping[str, Mapping[str, int]]) -> Iterable[str]:
    """Write each facet on a line, commonest value first."""
    from search_api.web.strings import FACETS
    from search_api.web.views import value_name

    for name, counts in facets.items():
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        values = [f"{value_name(name, value)} — {count}" for value, count in ordered]
        yield f"{FACETS.get(name, name)}: {'; '.join(values) or 'нет'}\n"


def _explain(
    query: Annotated[str, typer.Argument(help="Запрос; «-» берёт его из стандартного ввода.", show_default=False)],
    document: Annotated[str, typer.Argument(help="Документ.", show_default=False)],
    eid: Annotated[str, typer.Argument(help="Положение (eId).", show_default=False)],
    library: LibraryOption,
    as_json: JsonOption = False,
) -> None:
    from corpus.search.search import explain, explanation_json

    with opened(library) as found:
        explanation = explain(found, text_argument(query).strip(), document, eid)
    if as_json:
        emit(explanation_json(explanation))
        return
    say(explanation.understood)
    sys.stdout.write(f"{explanation.citation}: {explanation.score:.2f}\n")
    sys.stdout.writelines(f"  {part.value:+8.2f}  {part.label}\n" for part in explanation.parts)
    if not explanation.matches:
        say("Запрос это положение не находит: обязательные условия не выполнены или слов запроса в нём нет.")


@filtered
def _matrix(  # noqa: PLR0913, PLR0917  the options of the command
    library: LibraryOption,
    query: Annotated[
        str, typer.Option("--query", help="Слова и поля, которые должны быть в документе.", show_default=False)
    ] = "",
    status: Annotated[
        CellStatus | None, typer.Option("--status", help="Только документы, у которых темы в этом состоянии.")
    ] = None,
    sort: Annotated[MatrixOrder, typer.Option("--sort", help="По дате, по редкости тем или по значению.")] = (
        MatrixOrder.DATE
    ),
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Сколько документов.", show_default=False)] = None,
    form: Annotated[str, typer.Option("--format", help="table, json, csv, xlsx.")] = "table",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Файл; без него на стандартный вывод.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    **filters: list[str] | None,
) -> None:
    from corpus.comparison.kept.matrix import MatrixQuestion, matrix
    from corpus.search.language.filters import filters_of
    from corpus.search.narrowing import documents_through
    from search_api.exports.matrix_files import matrix_file

    topics = tuple(filters.pop("topic", None) or ())
    with opened(library) as found:
        fields = filters_of(found, {name: values for name, values in filters.items() if values})
        documents = documents_through(found, query, fields)
        laid = matrix(found, MatrixQuestion(documents, topics, status, sort, 0, limit))
        if form == "table" and not as_json:
            sys.stdout.writelines(_rows(laid))
            say(f"Документов: {laid.total}, тем: {len(laid.topics)}.")
            return
        form = "json" if as_json else form
        deliver(found, matrix_file(laid, form), output, form, [d.id for d in laid.documents])


def _rows(laid: "Matrix") -> Iterable[str]:
    """Write a topic a block: how many have it, and what each document says."""
    for topic in laid.topics:
        yield f"{topic.label}: есть {topic.present}, нет {topic.absent}, не ясно {topic.inconclusive}\n"
        for document in laid.documents:
            brief = laid.cells[document.id][topic.topic].brief
            yield f"    {brief:<30} {document.name}{bracketed(document.state)}  [{document.id}]\n"


@filtered
def _wordings(
    topic_asked: Annotated[str, typer.Argument(metavar="ТЕМА", show_default=False)],
    library: LibraryOption,
    query: Annotated[
        str, typer.Option("--query", help="Слова и поля, которые должны быть в документе.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
    **filters: list[str] | None,
) -> None:
    from corpus.comparison.kept.wordings import wordings
    from corpus.search.language.filters import filters_of
    from corpus.search.narrowing import documents_through
    from search_api.answers.matrix_shapes import wordings_answer

    with opened(library) as where:
        fields = filters_of(where, {name: values for name, values in filters.items() if values})
        found = wordings(where, topic_asked, documents_through(where, query, fields))
    if as_json:
        emit(wordings_answer(found).model_dump(mode="json"))
        return
    sys.stdout.writelines(_variants(found))
    say(f"Документов: {found.total}, без темы: {len(found.lacking)}, не ясно: {len(found.unclear)}.")


def _variants(found: "Wordings") -> Iterable[str]:
    for n, wording in enumerate(found.variants, 1):
        years = "–".join(dict.fromkeys(wording.years)) if wording.years else "без даты"
        yield f"{n}. В документах: {len(wording.holders)} ({years})\n   {wording.text}\n"
        for slot in wording.slots:
            yield "   " + " ↔ ".join(f"{shown}: {count}" for shown, count in slot.values) + "\n"
        for holder in wording.holders:
            yield f"      {holder.name}{bracketed(holder.state)}  [{holder.document} {holder.eid}]\n"
    for _, name in found.lacking:
        yield f"нет: {name}\n"
    for _, name in found.unclear:
        yield f"не ясно: {name}\n"
