"""What a confined child can be asked: each task takes a frame and gives one."""

from collections.abc import Callable, Sequence

from corpus.citations.cited_text import read_text
from corpus.comparison.differences import differences
from ingest import formats
from ingest.confined.answers import written, written_file
from ingest.confined.wire import Frame, Head
from ingest.formats.office.doc import read_converted
from ingest.pipeline import Given, parse_source
from ingest.source import SourceText
from ingest.timings import Timings
from ingest.why import explained

Told = Callable[..., None]
Done = Frame


def parse(head: Head, blob: bytes, tell: Told) -> Done:
    """Parse a file into a SourceFile, or expand an archive into (name, size) of its files and their bytes."""
    name = head["name"]
    if entries := formats.expand(blob, name) if head["expand"] and not head["converted"] else ():
        return _expanded(entries)
    timings = Timings()
    with timings.step("чтение"):
        source = _source(head, blob, tell)
    tell(letters=len(source.text))
    file = parse_source(source, name, head["sha256"], Given(head["vocabulary"], timings))
    return {"timings": timings.seconds}, written_file(file)


def read(head: Head, blob: bytes, tell: Told) -> Done:
    """Read a file's text, or expand an archive."""
    if head["expand"]:
        return _expanded(formats.expand(blob, head["name"]))
    return {}, written(_source(head, blob, tell))


def why(head: Head, blob: bytes, tell: Told) -> Done:
    """Tell what each paragraph of a file was taken for."""
    source = _source(head, blob, tell)
    tell(letters=len(source.text))
    return {}, written(explained(source))


def _expanded(entries: Sequence[tuple[str, bytes]]) -> Done:
    return {"entries": [(entry, len(body)) for entry, body in entries]}, b"".join(body for _, body in entries)


def _source(head: Head, blob: bytes, tell: Told) -> SourceText:
    if head["converted"]:
        return read_converted(blob, head["name"])
    return formats.read(blob, head["name"], tell)


def cited(head: Head, blob: bytes, _: Told) -> Done:
    """Read the citations and quotations of a text of at most `letters` characters."""
    return {}, written(read_text(blob.decode("utf-8", "surrogatepass"), head["letters"]))


def compared(head: Head, blob: bytes, _: Told) -> Done:
    """Compare two texts word by word; `left` is the length of the first in characters."""
    text = blob.decode("utf-8", "surrogatepass")
    return {}, written(differences(text[: head["left"]], text[head["left"] :]))


_ACT = """СОГЛАШЕНИЕ
между Правительством Республики Альбия и Правительством Борейской Федерации о переправах

г. Лукоград                                                    5 мая 2005 года

Стороны, руководствуясь статьей 3 Договора о дружбе от 1 июня 1999 года (далее – Договор), с о г л а с и л и с ь о ниже-
следующем:

Статья 1. Предмет

1. Плату берут за:
а) телегу;
б) лошадь.
2. В исполнении запроса отказывается, если он противоречит законодательству Запрашиваемой Стороны.

Статья 2. Заключительные положения

Соглашение вступает в силу со дня подписания. Совершено в двух экземплярах на русском языке.

За Правительство Республики Альбия          За Правительство Борейской Федерации
А.Б. Иванов                                 В.Г. Петров
"""
"""An act that makes parsing read all its tables before nothing can be opened any more."""


def rehearse() -> None:
    """Do each task once, in this very process."""
    head = {
        "name": "акт.txt",
        "converted": False,
        "expand": True,
        "sha256": "",
        "vocabulary": {},
        "left": 100,
        "letters": 10_000,
    }
    for task in TASKS.values():
        task(head, _ACT.encode(), lambda **_: None)


TASKS: dict[str, Callable[[Head, bytes, Told], Done]] = {
    "parse": parse,
    "read": read,
    "why": why,
    "cited": cited,
    "compared": compared,
}
