"""Read our own Akoma Ntoso export back, without loss."""

import json
from typing import Any

from lxml import etree

from corpus.akn.vocabulary import KINDS, akn, svod
from corpus.codec import VERSION, from_json
from corpus.errors import InputError
from corpus.model import Document, Instrument, Kind, Provision
from corpus.plain import Record

Element = etree._Element  # noqa: SLF001  lxml names its element type so


def from_akn(data: bytes) -> Document:
    """Read a document; raise InputError when the file is not an export of Svod."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
        private = json.loads(root.findtext(f".//{svod('document')}") or "")
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError("Это не выгрузка Свода в Akoma Ntoso. Выгрузить документ: svod export ДОКУМЕНТ") from error
    if private.get("version") != VERSION:
        raise InputError(
            f"Выгрузка сделана другой версией Свода ({private.get('version')}); выгрузите документ заново."
        )
    provisions = {p.eid: p for p in _roots(root, private)}
    bare: Instrument = from_json(Instrument, private["instrument"])
    act = Instrument(
        **{name: getattr(bare, name) for name in bare.__dataclass_fields__ if name != "provisions"},
        provisions=tuple(provisions[eid] for eid in private["roots"]),
    )
    return Document(private["id"], private["source"], private["place"], act)


def _roots(root: Element, private: Record) -> list[Provision]:
    act = root.find(akn("act"))
    if act is None:
        raise InputError("В файле нет акта (элемента act).")
    out = []
    for tag, kind in (("preamble", Kind.PREAMBLE), ("conclusions", Kind.CONCLUSIONS)):
        holder = act.find(akn(tag))
        if holder is not None:
            out.append(_flow(holder, kind, private))
    body = act.find(akn("body"))
    out += [_unit(e, private) for e in (body if body is not None else ()) if e.get("eId")]
    return out


def _flow(holder: Element, kind: Kind, private: Record) -> Provision:
    first, *others = holder.findall(akn("p"))
    children = tuple(_provision(p.get("eId") or "", Kind.ALINEA, _words(p), private) for p in others)
    return _provision(holder.get("eId") or "", kind, _words(first), private, children=children)


def _unit(element: Element, private: Record) -> Provision:
    tag = etree.QName(element).localname
    kind = KINDS.get(tag) or Kind(element.get("name") or "")
    block = element.find(akn("intro"))
    block = block if block is not None else element.find(akn("content"))
    p = block.find(akn("p")) if block is not None else None
    num, heading = element.find(akn("num")), element.find(akn("heading"))
    return _provision(
        element.get("eId") or "",
        kind,
        _words(p) if p is not None else "",
        private,
        num=None if num is None else num.text or "",
        heading=None if heading is None else heading.text or "",
        children=tuple(_unit(e, private) for e in element if e.get("eId")),
    )


def _words(p: Element) -> str:
    return "".join(str(part) for part in p.itertext())


def _provision(eid: str, kind: Kind, text: str, private: Record, **fields: Any) -> Provision:
    extra = private["provisions"].get(eid, {})
    bare: Provision = from_json(Provision, {"eid": eid, "kind": str(kind), "text": "", **extra})
    return Provision(
        eid, kind, private["texts"].get(eid, text), trace=bare.trace, label_spans=bare.label_spans, **fields
    )
