"""A text as what doors take: lines, paragraphs, acts, documents, files of every format."""

from itertools import count

from analyzers.repair import Repaired
from corpus.akn.writing import to_akn
from corpus.citations.layered import layer as references_layer
from corpus.effects.life import ActState
from corpus.effects.standing import Validity
from corpus.model import Document, Instrument, InstrumentType, Kind, Provision, SourceFile
from ingest.acts import instruments
from ingest.layout import lines as printed_lines
from ingest.layout.paragraphs import Paragraph, read_paragraphs
from ingest.layout.traced import Traced
from ingest.source import SourceText
from search_api.answers.standing import Stated
from tests.ingest.readers.writers import Para


def plain(text: str) -> SourceText:
    return SourceText(text, "text", "utf-8")


def marked(text: str) -> SourceText:
    return SourceText(text, "markdown", "utf-8")


def as_lines(text: str) -> tuple[SourceText, Repaired]:
    return plain(text), Repaired(text)


def as_paragraphs(text: str) -> list[printed_lines.Line]:
    return printed_lines.read_lines(*as_lines(text))[0]


def paragraphs(text: str) -> list[Paragraph]:
    return read_paragraphs(as_paragraphs(text))


def segments(text: str) -> tuple[list[instruments.Segment], Repaired]:
    return instruments.split(paragraphs(text)), Repaired(text)


def provisions(text: str) -> tuple[Provision, ...]:
    """Make an article of each line, or one of the whole text."""
    return tuple(
        Provision(f"art_{i}", Kind.ARTICLE, line, str(i)) for i, line in enumerate(text.split("\n"), 1) if line.strip()
    ) or (Provision("art_1", Kind.ARTICLE, text or "мир", "1"),)


def act(text: str) -> Instrument:
    made = Instrument(InstrumentType.AGREEMENT, "Соглашение о мире", "2008-10-23", provisions=provisions(text))
    return Instrument(
        made.type, made.title, made.date, provisions=made.provisions, layers={"references": [], "topics": []}
    )


def read_act(text: str) -> Instrument:
    bare = act(text)
    return Instrument(
        bare.type,
        bare.title,
        bare.date,
        provisions=bare.provisions,
        layers={"references": references_layer.layer(bare), "topics": []},
    )


def amending_act(text: str) -> Instrument:
    """Return an act that orders: what stands in it are changes, and in its attachment too."""
    orders = "Внести в Закон от 5 марта 2010 г. № 77 следующие изменения:"
    return Instrument(
        InstrumentType.LAW,
        "О внесении изменений в Закон от 5 марта 2010 г. № 77",
        "2012-07-07",
        provisions=(
            Provision("para_1", Kind.PARAGRAPH, orders, "1", children=provisions(text)),
            Provision("att_1", Kind.ATTACHMENT, "", heading="ИЗМЕНЕНИЯ, которые вносятся", children=provisions(text)),
        ),
    )


_serial = count(1)


def document(text: str) -> Document:
    """Make a document no other call has made: what is kept by document is not found again."""
    return Document(f"agreement-2008-10-23-mir-{next(_serial)}", "мир.txt", 0, act(text))


def stated(text: str) -> Stated:
    made = document(text)
    return Stated(made, ActState(made.id, "2026-01-01", Validity.IN_FORCE), ())


def documents(text: str) -> tuple[Document, Document]:
    """Make two documents of nearly the same text."""
    return document(text), document(text[len(text) // 50 :])


def source_file(text: str) -> SourceFile:
    return SourceFile("мир.txt", "0" * 64, "text", "utf-8", text, instruments=(act(text),))


def halves(text: str) -> tuple[str, str]:
    """Make two texts, one beginning where the other is well under way."""
    return text, text[len(text) // 3 :] + text[: len(text) // 5]


def written(text: str) -> list[Para]:
    """Make the paragraphs a writer of formats takes."""
    return [Para(line) for line in text.split("\n\n")]


def xml_safe(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def bytes_of(text: str) -> bytes:
    return text.encode("utf-8")


def raw_html(text: str) -> bytes:
    return ("<html><body>" + text).encode("utf-8")


def raw_rtf(text: str) -> bytes:
    return ("{\\rtf1\\ansi\\ansicpg1251 " + text + "}").encode("cp1251", "replace")


def raw_akn(text: str) -> bytes:
    """Write an export, and put a text into it where the reader looks."""
    safe = xml_safe(text).replace("&", "&amp;").replace("<", "&lt;")
    return to_akn(document("МИР")).replace("МИР".encode(), safe.encode("utf-8"))


def only(text: str) -> Paragraph:
    """Make one paragraph of a text."""
    flat = " ".join(text.split("\n"))
    return Paragraph(Traced.copy(flat, 0, len(flat)))
