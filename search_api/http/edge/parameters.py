"""What a parameter may be: the kinds of values that requests bring, each told once for the interface and the pages."""

from datetime import date
from typing import Annotated, Final

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

_ID: Final = r"^[a-z0-9-]+$"
_EID: Final = r"^[a-z0-9_-]+$"


def _day(text: str) -> str:
    """Refuse a day that no calendar has."""
    try:
        if text:
            date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError as error:
        raise PydanticCustomError("day", "no such day") from error
    return text


Id = Annotated[str, StringConstraints(max_length=200, pattern=_ID)]
"""A document."""
EidText = Annotated[str, StringConstraints(max_length=200, pattern=_EID)]
"""A provision of a document."""
SomeId = Annotated[str, StringConstraints(max_length=200, pattern=r"^[a-z0-9-]*$")]
"""A document, or ""."""
SomeEid = Annotated[str, StringConstraints(max_length=200, pattern=r"^[a-z0-9_-]*$")]
"""A provision, or ""."""
Topic = Annotated[str, StringConstraints(max_length=100)]
Anchor = Annotated[str, StringConstraints(max_length=401)]
"""A provision in its document: «document:eid»."""
RepairMark = Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")]
"""A repair of a document, as the list of them names it."""
RepairMarks = Annotated[
    str, StringConstraints(max_length=17 * 200, pattern="^(?:[0-9a-f]{16}(?: [0-9a-f]{16}){0,199})?$")
]
"""Repairs judged together, or ""."""
DecisionKey = Annotated[str, StringConstraints(max_length=1000)]
Line = Annotated[str, StringConstraints(max_length=200)]
"""Words that narrow a list."""
Source = Annotated[str, StringConstraints(max_length=400)]
"""A file of the library."""
Day = Annotated[
    str,
    StringConstraints(pattern=r"^$|^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    AfterValidator(_day),
    Field(description="ГГГГ, ГГГГ-ММ или ГГГГ-ММ-ДД"),
]
"""A year, a month or a day, or ""."""
WrittenDay = Annotated[
    str, StringConstraints(max_length=60), Field(description="ГГГГ-ММ-ДД или как печатают: 1 марта 2012 года")
]
"""A day as people write it; read by `answers.telling.day_of`."""
PlaceIn = Annotated[str, StringConstraints(max_length=400, pattern=r"^$|^[a-z0-9-]{1,200}/[a-z0-9_-]{1,200}$")]
"""A provision as «document/eid», or ""."""

Compared = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[a-z0-9-]{1,200}(…[a-z0-9-]{1,200}){0,63}$")]
"""Documents of a comparison, parted by «…»."""
QueryText = Annotated[str, StringConstraints(max_length=100_000)]
"""A query. The language's own limit is 1,000; this one only keeps the answer to a longer query a clear 400."""
Typing = Annotated[str, StringConstraints(max_length=400)]
"""A query that is being typed."""
SomePath = Annotated[
    str, StringConstraints(max_length=402, pattern=r"^(?:/d/[a-z0-9-]{1,200}(?:/[a-z0-9_-]{1,200})?)?$")
]
"""The page of a document or of a provision, or ""."""
Back = Annotated[str, StringConstraints(max_length=4000)]
"""Where a form leads back to."""
WordsHash = Annotated[str, StringConstraints(pattern="^[0-9a-fA-F]{4,64}$")]
Words = Annotated[str, StringConstraints(max_length=40)]
"""A choice of few words; any other word is the default."""

FieldName = Annotated[str, StringConstraints(pattern="^[a-z_]{1,40}$")]
"""A field of metadata."""

DocumentId = Annotated[Id, Path(examples=["agreement-2008-10-23-o-sotrudnichestve-0a1b2c"])]
Eid = Annotated[EidText, Path(examples=["art_6__para_1"])]
