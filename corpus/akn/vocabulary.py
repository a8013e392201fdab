"""Names of Akoma Ntoso 3.0 and of the private part of our export."""

from corpus.model import Kind

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SVOD = "https://svod.invalid/akn"
"""Namespace of the private metadata in <proprietary>; only a name, nothing is there."""
SOURCE = "#svod"

ELEMENTS = {
    Kind.SECTION: "section",
    Kind.PART: "part",
    Kind.CHAPTER: "chapter",
    Kind.ARTICLE: "article",
    Kind.PARAGRAPH: "paragraph",
    Kind.SUBPARAGRAPH: "subparagraph",
    Kind.POINT: "point",
    Kind.ALINEA: "alinea",
}
"""Kinds with an element of their own; the others are <hcontainer name="kind">."""
KINDS = {name: kind for kind, name in ELEMENTS.items()}

UNDATED = "0001-01-01"
"""FRBRdate must hold a date; this one says there is none."""


def akn(name: str) -> str:
    """Qualify a name of the standard."""
    return f"{{{AKN}}}{name}"


def svod(name: str) -> str:
    """Qualify a private name."""
    return f"{{{SVOD}}}{name}"
