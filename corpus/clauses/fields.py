"""What a clause answers to the filters of `Field`, the same for both engines and the oracle."""

from collections.abc import Iterable, Mapping

from analyzers.lemmas import folded
from corpus import eid as eids
from corpus.clauses.clause import Clause
from corpus.clauses.tree import Field, FieldName
from corpus.model import Document

Values = Mapping[FieldName, tuple[str, ...]]

YEAR = "year"
"""The one facet that is no filter field: the year of the document's date."""

CLAUSE_FIELDS = (FieldName.ARTICLE, FieldName.KIND, FieldName.TOPIC)
"""Fields whose values differ from clause to clause of a document; CITES too, which is no facet."""


def key(name: FieldName, value: str) -> str:
    """Fold a value for comparison: lower case, ё as е, blanks collapsed; an article's number as in its eId.

    >>> key(FieldName.PARTY, "Республика  Корея"), key(FieldName.ARTICLE, "12¹"), key(FieldName.ARTICLE, "12.1")
    ('республика корея', '12-1', '12-1')
    """
    return eids.transliterate(value) if name is FieldName.ARTICLE else " ".join(folded(value).split())


def document_values(document: Document) -> Values:
    """Return the values, as printed, of the fields that hold for a whole document (the date among them)."""
    instrument = document.instrument
    values = {
        FieldName.DOCUMENT: [document.id],
        FieldName.SOURCE: [document.source, document.source.rpartition("/")[2]],
        FieldName.TYPE: [str(instrument.type)],
        FieldName.PARTY: instrument.parties,
        FieldName.BODY: [instrument.issuer, *bodies(instrument.layers.get("entities", ()))],
        FieldName.PLACE: [instrument.place],
        FieldName.DATE: [instrument.date],
        FieldName.NUMBER: [instrument.number],
        FieldName.LANGUAGE: instrument.languages,
        FieldName.TITLE: [instrument.title],
    }
    return {name: tuple(dict.fromkeys(v for v in found if v)) for name, found in values.items()}


def bodies(entities: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the names of bodies among the objects of the layer "entities" ("type": "body", "name")."""
    return [e["name"] for e in entities if isinstance(e, Mapping) and e.get("type") == "body" and e.get("name")]


def clause_values(clause: Clause, named: Mapping[str, tuple[str, ...]] | None = None) -> Values:
    """Return the values of CLAUSE_FIELDS and CITES; `named` are the document's `cited.keys`."""
    article = eids.article_number(clause.eid)
    return {
        FieldName.ARTICLE: (article,) if article else (),
        FieldName.KIND: (str(clause.kind),),
        FieldName.TOPIC: clause.topics,
        **({FieldName.CITES: found} if named and (found := named.get(clause.eid)) else {}),
    }


def year(values: Values) -> tuple[str, ...]:
    """Return the year of the date."""
    return tuple(date[:4] for date in values.get(FieldName.DATE, ()))


def day(date: str) -> int:
    """Write an ISO 8601 date, whole or cut short, as a number that sorts like it; 0 for what is none.

    >>> day("2008-10-23"), day("2008")
    (20081023, 20080000)
    """
    digits = date.replace("-", "")[:8]
    return int(digits.ljust(8, "0")) if digits.isdecimal() else 0


def days(field: Field) -> list[tuple[int, int]]:
    """Return the first and last `day` of each range a date filter names; a date cut short covers all it names.

    >>> days(Field(FieldName.DATE, low="2008", high="2009-02")), days(Field(FieldName.DATE, values=("2008",)))
    ([(20080000, 20090299)], [(20080000, 20089999)])
    """
    bounds = [(field.low, field.high)] if field.low or field.high else []
    bounds += [(value, value) for value in field.values]
    return [(max(day(low or ""), 1), _last_day(high or "9999")) for low, high in bounds]


def _last_day(date: str) -> int:
    digits = date.replace("-", "")[:8]
    return int(digits.ljust(8, "9")) if digits.isdecimal() else 0


def holds(field: Field, values: Values) -> bool:
    """Say whether values as printed answer a filter."""
    own = values.get(field.name, ())
    if field.name is FieldName.DATE:
        return any(low <= day(date) <= high for date in own for low, high in days(field))
    wanted = {key(field.name, v) for v in field.values}
    return any(key(field.name, v) in wanted for v in own)
