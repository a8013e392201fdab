"""Write a document as Akoma Ntoso 3.0.

Structure, numbers, headings, texts and references are in the standard's own elements; what it has no place for (traces
to the source, layers, evidence, corrections) is JSON inside <proprietary>, so that `corpus.akn.importing` gives the
document back. An attachment that is no act of its own stays in the body as <hcontainer name="attachment">: <attachment>
demands a document with an identification (work, author, date) it does not have, and its eIds stay those of citations.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from corpus.akn.history import History, HistoryWriting
from corpus.akn.vocabulary import AKN, ELEMENTS, SOURCE, SVOD, UNDATED, akn, svod
from corpus.citations.resolve.references import Reference
from corpus.codec import VERSION, to_json
from corpus.eid import transliterate
from corpus.lexicon.countries import find_states
from corpus.lexicon.language_names import CODES
from corpus.model import Document, Instrument, Kind, Provision
from corpus.plain import JsonObject

Element = etree._Element  # noqa: SLF001  lxml names its element type so
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_akn(
    document: Document, references: Sequence[Reference] = (), told: History | None = None, on: str | None = None
) -> bytes:
    """Write a document with its references as they stand now and its life; UTF-8 with an XML declaration.

    `on` (ISO 8601) is the day of the edition the document holds; without it the text is as signed.
    """
    return etree.tostring(_Writing(document, references, told, on).root(), xml_declaration=True, encoding="UTF-8")


class _Writing:
    """One document being written."""

    def __init__(
        self, document: Document, references: Sequence[Reference], told: History | None, on: str | None
    ) -> None:
        self.document, self.act, self.told, self.on = document, document.instrument, told, on
        self.references: dict[str, list[Reference]] = {}
        for reference in references:
            self.references.setdefault(reference.eid, []).append(reference)
        self.outside: dict[str, str] = {}
        self.unwritable: dict[str, str] = {}

    def root(self) -> Element:
        namespaces: dict[Any, str] = {None: AKN, "svod": SVOD}
        root = etree.Element(akn("akomaNtoso"), nsmap=namespaces)
        act = etree.SubElement(
            root, akn("act"), name=str(self.act.type), contains="singleVersion" if self.on else "originalVersion"
        )
        meta = etree.SubElement(act, akn("meta"))
        self._preface(act)
        roots = list(self.act.provisions)
        if roots and roots[0].kind is Kind.PREAMBLE and _flat(roots[0]):
            self._flow(etree.SubElement(act, akn("preamble"), eId=roots[0].eid), roots.pop(0))
        closing = next((r for r in reversed(roots) if r.kind is Kind.CONCLUSIONS and _flat(r)), None)
        body = etree.SubElement(act, akn("body"))
        for provision in roots:
            if provision is not closing:
                self._unit(body, provision)
        if not len(body):
            self._empty(etree.SubElement(body, akn("hcontainer"), name="none"))
        if closing is not None:
            self._flow(etree.SubElement(act, akn("conclusions"), eId=closing.eid), closing)
        self._meta(meta)
        return root

    def _preface(self, act: Element) -> None:
        title = etree.SubElement(etree.SubElement(etree.SubElement(act, akn("preface")), akn("longTitle")), akn("p"))
        etree.SubElement(title, akn("docTitle")).text = _clean(self.act.title)
        if self.act.date:
            date = etree.SubElement(title, akn("docDate"), date=self.act.date)
            date.text = self.act.date
        if self.act.number:
            etree.SubElement(title, akn("docNumber")).text = _clean(self.act.number)

    def _flow(self, holder: Element, provision: Provision) -> None:
        """Write a preamble or conclusions: one <p> a paragraph."""
        for part in provision.walk():
            attributes = {} if part is provision else {"eId": part.eid}
            self._words(etree.SubElement(holder, akn("p"), attributes), part)

    def _unit(self, holder: Element, provision: Provision) -> None:
        name = ELEMENTS.get(provision.kind)
        attributes = {"eId": provision.eid, **(self.told.status(provision.eid) if self.told else {})}
        if name:
            unit = etree.SubElement(holder, akn(name), attributes)
        else:
            unit = etree.SubElement(holder, akn("hcontainer"), {"name": str(provision.kind), **attributes})
        if provision.num is not None:
            etree.SubElement(unit, akn("num")).text = _clean(provision.num)
        if provision.heading is not None:
            etree.SubElement(unit, akn("heading")).text = _clean(provision.heading)
        if provision.text or not provision.children:
            block = etree.SubElement(unit, akn("intro" if provision.children else "content"))
            self._words(etree.SubElement(block, akn("p")), provision)
        for child in provision.children:
            self._unit(unit, child)

    def _empty(self, unit: Element) -> None:
        etree.SubElement(etree.SubElement(unit, akn("content")), akn("p"))

    def _words(self, p: Element, provision: Provision) -> None:
        """Write a text with its references as <ref>; overlapping ones give way to the first."""
        text = _clean(provision.text)
        if text != provision.text:
            self.unwritable[provision.eid] = provision.text
        last: Element | None = None
        at = 0
        for reference in sorted(self.references.get(provision.eid, ()), key=lambda r: (r.span.start, -r.span.end)):
            href = self._href(reference)
            if href is None or reference.span.start < at or reference.span.end > len(text):
                continue
            _append(p, last, text[at : reference.span.start])
            last = etree.SubElement(p, akn("ref"), href=href)
            last.text = text[reference.span.start : reference.span.end]
            at = reference.span.end
        _append(p, last, text[at:])

    def _href(self, reference: Reference) -> str | None:
        target = reference.target
        if target is not None:
            inside = target.document == self.document.id
            if not target.eids:
                return None if inside else f"/d/{target.document}"
            return f"#{target.eids[0]}" if inside else f"/d/{target.document}/{target.eids[0]}"
        if reference.external is None:
            return None
        e = reference.external
        title = " ".join(
            x for x in (e.title, f"от {e.date}" if e.date else "", f"№ {e.number}" if e.number else "") if x
        )
        key = self.outside.setdefault(title, f"ext_{len(self.outside) + 1}")
        return f"#{key}"

    def _meta(self, meta: Element) -> None:
        identification = etree.SubElement(meta, akn("identification"), source=SOURCE)
        for level in ("Work", "Expression", "Manifestation"):
            self._frbr(etree.SubElement(identification, akn(f"FRBR{level}")), level)
        life = HistoryWriting(self.told) if self.told else None
        if life:
            life.before_references(meta)
        references = etree.SubElement(meta, akn("references"), source=SOURCE)
        etree.SubElement(
            references, akn("TLCOrganization"), eId="svod", href="/ontology/organization/svod", showAs="Свод"
        )
        for i, name in enumerate(dict.fromkeys([*self.act.parties, *filter(None, [self.act.issuer])]), 1):
            self._thing(references, "TLCOrganization", f"org_{i}", "organization", name)
        for i, name in enumerate(self.act.signatories, 1):
            self._thing(references, "TLCPerson", f"person_{i}", "person", name)
        for title, key in self.outside.items():
            self._thing(references, "TLCReference", key, "external", title)
        if life:
            life.references(references)
            life.notes(meta)
        private = etree.SubElement(etree.SubElement(meta, akn("proprietary"), source=SOURCE), svod("document"))
        private.text = json.dumps(self._private(), ensure_ascii=True, separators=(",", ":"))

    def _thing(self, references: Element, tag: str, key: str, ontology: str, name: str) -> None:
        attributes = {"eId": key, "href": f"/ontology/{ontology}/{key}", "showAs": _clean(name)}
        if tag == "TLCReference":
            attributes["name"] = "external"
        etree.SubElement(references, akn(tag), attributes)

    def _frbr(self, frbr: Element, level: str) -> None:
        act = self.act
        number = transliterate(act.number or "") or self.document.id
        work = f"/akn/{_country(act)}/act/{act.type}/{act.date or 'undated'}/{number}"
        language, on = CODES["русский"], self.on or ""
        uri = {"Work": work, "Expression": f"{work}/{language}@{on}", "Manifestation": f"{work}/{language}@{on}.xml"}[
            level
        ]
        this = uri.replace(work, f"{work}/!main", 1)
        etree.SubElement(frbr, akn("FRBRthis"), value=this)
        etree.SubElement(frbr, akn("FRBRuri"), value=uri)
        if on and level != "Work":
            etree.SubElement(frbr, akn("FRBRdate"), date=on, name="edition")
        else:
            etree.SubElement(frbr, akn("FRBRdate"), date=act.date or UNDATED, name="signed")
        etree.SubElement(frbr, akn("FRBRauthor"), href="#org_1" if act.parties or act.issuer else SOURCE)
        if level == "Work":
            etree.SubElement(frbr, akn("FRBRcountry"), value=_country(act))
            if act.number:
                etree.SubElement(frbr, akn("FRBRnumber"), value=_clean(act.number))
        elif level == "Expression":
            etree.SubElement(frbr, akn("FRBRlanguage"), language=language)
        else:
            etree.SubElement(frbr, akn("FRBRformat"), value="application/akn+xml")

    def _private(self) -> JsonObject:
        d = self.document
        extras = {}
        for provision in self.act.walk():
            left = to_json(replace(provision, eid="", text="", num=None, heading=None, children=()))
            extra = {k: v for k, v in left.items() if k not in ("eid", "kind", "text")}
            if extra:
                extras[provision.eid] = extra
        return {
            "version": VERSION,
            "id": d.id,
            "source": d.source,
            "place": d.place,
            "roots": [p.eid for p in self.act.provisions],
            "instrument": to_json(replace(self.act, provisions=())),
            "provisions": extras,
            "texts": self.unwritable,
        }


def _flat(provision: Provision) -> bool:
    """Say whether a unit is plain paragraphs, so that <p> elements hold all of it."""
    inner = list(provision.walk())[1:]
    plain = all(p.num is None and p.heading is None and p.kind is Kind.ALINEA and not p.children for p in inner)
    return plain and provision.num is None and provision.heading is None


def _append(p: Element, last: Element | None, text: str) -> None:
    if last is None:
        p.text = text or None
    else:
        last.tail = text or None


def _clean(text: str) -> str:
    """Put U+FFFD for what XML cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text)


def _country(act: Instrument) -> str:
    names: Iterable[str] = filter(None, [act.issuer, *act.parties])
    found = next((state.code.lower() for name in names for _, state in find_states(name)), "ru")
    return found if re.fullmatch("[a-z]{2}", found) else "ru"
