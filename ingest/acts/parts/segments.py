"""An act as it is printed: front matter, text, back matter, attachments, texts in other languages."""

from dataclasses import dataclass

from corpus.model import InstrumentType
from ingest.layout.languages import Language
from ingest.layout.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Part:
    """An attachment: its text with its own numbering, its label and title, its closing formula and signatures.

    `notes` are the publisher's, printed inside it.
    """

    paragraphs: tuple[Paragraph, ...]
    label: tuple[Paragraph, ...] = ()
    closing: tuple[Paragraph, ...] = ()
    notes: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """The text of an act in another language."""

    language: Language
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """An act as printed: what stands above its text, the text, what stands below, and its attachments.

    `notes` are the publisher's, printed inside the text and the attachments.
    """

    front: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    back: tuple[Paragraph, ...]
    attachments: tuple[Part, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    type: InstrumentType = InstrumentType.ACT
    translations: tuple[Translation, ...] = ()
