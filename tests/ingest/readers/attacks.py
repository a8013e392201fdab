"""Files made to hurt: bombs that unfold, entities and paths that reach outside."""

import io
import struct
import zipfile
import zlib

from tests.ingest.readers import writers

SECRET = "СЕКРЕТ-7f3a91"


def deflated(unit, times):
    """Raw deflate of a unit repeated, made without holding it: full flushes let one compressed piece be repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + piece * (times - 1) + packer.flush(zlib.Z_FINISH)


def raw_zip(entries):
    """Write a zip from (name, packed bytes, stated size, method)."""
    out, directory = bytearray(), bytearray()
    for name, packed, size, method in entries:
        raw = name.encode() if isinstance(name, str) else name
        head = struct.pack("<5H3L2H", 20, 0x800, method, 0, 0x21, 0, len(packed), min(size, 0xFFFFFFFE), len(raw), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<3H2L", 0, 0, 0, 0, len(out)) + raw
        out += b"PK\x03\x04" + head + raw + packed
    start = len(out)
    end = struct.pack("<4H2LH", 0, 0, len(entries) & 0xFFFF, len(entries) & 0xFFFF, len(directory), start, 0)
    return bytes(out + directory + b"PK\x05\x06" + end)


_TYPES = b'<Types xmlns="x"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
_ODT = b"application/vnd.oasis.opendocument.text"


def _package_bomb(part, unit, times, stated=None, before=b"", kind="docx"):
    packed = deflated(unit, times) if not before else deflated(before + unit, times)
    first = ("[Content_Types].xml", _TYPES, len(_TYPES), 0) if kind == "docx" else ("mimetype", _ODT, len(_ODT), 0)
    return raw_zip([first, (part, packed, stated or len(unit) * times, 8)])


def entities(levels=9, fan=10):
    rows = ['<!ENTITY a0 "ха">'] + [f'<!ENTITY a{i} "{f"&a{i - 1};" * fan}">' for i in range(1, levels)]
    return f'<?xml version="1.0"?><!DOCTYPE r [{"".join(rows)}]>', f"&a{levels - 1};"


def docx_with(document, extra=None):
    parts = {"[Content_Types].xml": _TYPES, "word/document.xml": document}
    return writers.package(parts | (extra or {}))


def _w(body, head=""):
    return f"{head}<w:document {writers.W}><w:body>{body}</w:body></w:document>"


def pdf_objects(bodies, root=1):
    """Write numbered objects as a PDF."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        b"%010d 00000 n \n" % p for p in places
    )
    return bytes(out + f"trailer\n<</Size {len(bodies) + 1}/Root {root} 0 R>>\nstartxref\n{start}\n%%EOF".encode())


def stream(data, extra="/Filter/FlateDecode"):
    return f"<</Length {len(data)}{extra}>>\nstream\n".encode() + data + b"\nendstream"


def _page(contents="4 0 R", resources="<<>>"):
    return [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {contents}/Resources{resources}>>",
    ]


def _zlibbed(unit, times):
    return b"\x78\xda" + deflated(unit, times) + b"\0\0\0\0"


def _nested_forms(depth, fan):
    bodies = [*_page(resources="<</XObject<</X 5 0 R>>>>"), stream(b"/X Do", "")]
    for level in range(depth):
        number = 5 + level
        inner = f"/XObject<</X {number + 1} 0 R>>" if level < depth - 1 else ""
        bodies.append(stream(b"/X Do " * fan, f"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<<{inner}>>"))
    return pdf_objects(bodies)


def _many_entries(count):
    return raw_zip([(f"{i}.txt", b"", 0, 0) for i in range(count)])


def _nested_zip(levels):
    data = b"\0" * 1000
    for _ in range(levels):
        data = writers.package({"x.zip": data})
    return data


def bombs():
    """Yield (name, bytes): fifty files that would fill memory or run for ever."""
    mega = b" " * (1 << 20)
    cyrillic = "<w:p><w:r><w:t>Статья</w:t></w:r></w:p>".encode()
    yield "spaces.docx", _package_bomb("word/document.xml", mega, 2000)
    yield "paragraphs.docx", _package_bomb("word/document.xml", cyrillic * 20_000, 400)
    yield "stated-small.docx", _package_bomb("word/document.xml", mega, 2000, stated=1000)
    yield "stated-4g.docx", _package_bomb("word/document.xml", mega, 100, stated=0xFFFFFFF0)
    yield (
        "styles.docx",
        raw_zip(
            [
                ("[Content_Types].xml", _TYPES, len(_TYPES), 0),
                ("word/document.xml", _w("<w:p/>").encode(), len(_w("<w:p/>").encode()), 0),
                ("word/styles.xml", deflated(mega, 1000), 1000 << 20, 8),
            ]
        ),
    )
    yield "types.docx", raw_zip([("[Content_Types].xml", deflated(mega, 1000), 1000 << 20, 8)])
    yield "spaces.odt", _package_bomb("content.xml", mega, 2000, kind="odt")
    yield "mimetype.odt", raw_zip([("mimetype", deflated(_ODT + mega, 500), 500 << 20, 8)])
    yield (
        "manifest.odt",
        raw_zip(
            [
                ("mimetype", _ODT, len(_ODT), 0),
                ("content.xml", b"<a/>", 4, 0),
                ("META-INF/manifest.xml", deflated(mega, 1000), 1000 << 20, 8),
            ]
        ),
    )
    yield "one.zip", raw_zip([("a.txt", deflated(mega, 3000), 3000 << 20, 8)])
    yield "hundred.zip", raw_zip([(f"{i}.txt", deflated(mega, 40), 40 << 20, 8) for i in range(100)])
    yield "quiet.zip", raw_zip([(f"{i}.txt", deflated(mega, 3), 3 << 20, 8) for i in range(200)])
    yield "entries-6k.zip", _many_entries(6_000)
    yield "entries-60k.zip", _many_entries(60_000)
    yield "entries-wrapped.zip", _many_entries(65_540)
    yield "nested.zip", _nested_zip(40)
    yield "overlapping.zip", _overlapping()
    head, call = entities()
    yield "laughs.docx", docx_with(_w(f"<w:p><w:r><w:t>{call}</w:t></w:r></w:p>", head))
    yield "laughs-styles.docx", docx_with(_w("<w:p/>"), {"word/styles.xml": head + f"<s>{call}</s>"})
    yield "laughs.odt", writers.package({"mimetype": _ODT, "content.xml": head + f"<r>{call}</r>"})
    yield (
        "laughs.fodt",
        (
            head.replace("<!DOCTYPE", "<!--<office:document-->\n<!DOCTYPE")
            + f"<office:document>{call}</office:document>"
        ).encode(),
    )
    yield (
        "laughs-utf16.odt",
        writers.package(
            {
                "mimetype": _ODT,
                "content.xml": (
                    '<?xml version="1.0" encoding="UTF-16"?>' + head.partition("?>")[2] + f"<r>{call}</r>"
                ).encode("utf-16"),
            }
        ),
    )
    quadratic = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{"х" * 100_000}">]>'
    yield "quadratic.docx", docx_with(_w("<w:p><w:r><w:t>" + "&a;" * 10_000 + "</w:t></w:r></w:p>", quadratic))
    yield (
        "parameter.docx",
        docx_with('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY % a "x"><!ENTITY % b "%a;%a;">%b;]>' + _w("<w:p/>")),
    )
    yield "deep.docx", docx_with(_w("<w:ins>" * 100_000 + "</w:ins>" * 100_000))
    yield "deep-tables.docx", docx_with(_w("<w:tbl><w:tr><w:tc>" * 5_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 5_000))
    yield "deep.odt", writers.odt_package("<text:section>" * 50_000 + "</text:section>" * 50_000)
    yield "long-node.docx", docx_with(_w("<w:p><w:r><w:t>" + "х" * 6_000_000 + "</w:t></w:r></w:p>"))
    yield "deep.html", b"<html><body>" + b"<div>" * 300_000 + "текст".encode()
    yield "deep-spans.html", b"<html><body>" + b"<span><b>" * 100_000 + "текст".encode()
    yield "deep-tables.html", b"<html><body>" + b"<table><tr><td>" * 30_000 + "текст".encode()
    yield "deep-lists.html", b"<html>" + b"<ul><li>" * 50_000 + "текст".encode()
    yield "flate.pdf", pdf_objects([*_page(), stream(_zlibbed(b"BT (x) Tj ET\n" * 80_000, 300))])
    yield (
        "flate-twice.pdf",
        pdf_objects([*_page(), stream(zlib.compress(_zlibbed(mega, 4000)), "/Filter[/FlateDecode/FlateDecode]")]),
    )
    yield (
        "flate-hex.pdf",
        pdf_objects(
            [*_page(), stream(_zlibbed(mega, 400).hex().encode() + b">", "/Filter[/ASCIIHexDecode/FlateDecode]")]
        ),
    )
    yield (
        "cmap.pdf",
        pdf_objects(
            [
                *_page(resources="<</Font<</F 5 0 R>>>>"),
                stream(b"BT /F 9 Tf (x) Tj ET", ""),
                "<</Type/Font/Subtype/Type1/BaseFont/A/FirstChar 0/LastChar 0/Widths[0]/ToUnicode 6 0 R>>",
                stream(_zlibbed(mega, 800)),
            ]
        ),
    )
    yield "object-stream.pdf", _xref_bomb()
    yield "forms-wide.pdf", _nested_forms(10, 20)
    yield "forms-deep.pdf", _nested_forms(400, 1)
    yield (
        "forms-self.pdf",
        pdf_objects(
            [
                *_page(resources="<</XObject<</X 5 0 R>>>>"),
                stream(b"/X Do", ""),
                stream(b"/X Do /X Do", "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 5 0 R>>>>"),
            ]
        ),
    )
    yield "lzw.pdf", pdf_objects([*_page(), stream(_lzw_bomb(), "/Filter/LZWDecode")])
    yield (
        "pages.pdf",
        pdf_objects(
            [
                "<</Type/Catalog/Pages 2 0 R>>",
                f"<</Type/Pages/Count 9999/Kids[{'3 0 R ' * 9_999}]>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            ]
        ),
    )
    yield "tree.pdf", pdf_objects(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R 2 0 R]>>"])
    yield (
        "mediabox.pdf",
        pdf_objects(
            [*_page()[:2], "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e308 1e308]/Contents 4 0 R>>", stream(b"", "")]
        ),
    )
    yield "spaces.txt", b" " * (30 << 20)
    yield "letters.txt", "а".encode() * (25 << 20)
    yield "wide.txt", b"\xff\xfe" + "а".encode("utf-16-le") * (25 << 20)
    yield "blank.rtf", b"{\\rtf1 " + b"{\\*\\x " * 200_000
    yield "binary.rtf", b"{\\rtf1\\bin999999999 " + b"x" * 1000
    yield "empty-groups.rtf", b"{\\rtf1" + b"{}" * 300_000


def _overlapping():
    """Many directory entries that share one compressed body."""
    body = deflated(b" " * (1 << 20), 90)
    one = raw_zip([("a.txt", body, 90 << 20, 8)])
    start = one.index(b"PK\x01\x02")
    entry = bytearray(one[start : one.index(b"PK\x05\x06")])
    entries = b"".join(bytes(entry[:46]) + f"{i:05d}"[:5].encode() for i in range(300))
    entries = b"".join(entries[i * 51 : i * 51 + 51] for i in range(300))
    return one[:start] + entries + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 300, 300, len(entries), start, 0)


def _xref_bomb():
    packed = _zlibbed(b"\x01\x00\x00\x10" * (1 << 18), 400)
    body = f"%PDF-1.5\n1 0 obj\n<</Type/XRef/Size 99/W[1 2 1]/Root 2 0 R/Length {len(packed)}/Filter/FlateDecode>>\nstream\n".encode()
    return body + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"


def _lzw_bomb():
    """LZW codes that name ever longer runs: every code is the one being made."""
    width, nxt = 9, 258
    bits = format(256, "09b") + format(65, "09b")
    for _ in range(60_000):
        bits += format(min(nxt, 4095), f"0{width}b")
        nxt += 1
        if nxt + 1 in (512, 1024, 2048):
            width += 1
        if nxt > 4094:
            bits += format(256, f"0{width}b")
            width, nxt = 9, 258
            bits += format(65, "09b")
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


def reaching(secret_path, port):
    """Yield (name, bytes): thirty files that would have the reader open a file or a connection, or write beside itself."""
    file, url = f"file://{secret_path}", f"http://127.0.0.1:{port}/x"
    for kind, target in (("file", file), ("path", secret_path), ("http", url), ("ftp", f"ftp://127.0.0.1:{port}/x")):
        head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{target}">]>'
        yield f"entity-{kind}.docx", docx_with(_w("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head))
        yield f"entity-{kind}.odt", writers.package({"mimetype": _ODT, "content.xml": head + "<r>&x;</r>"})
        yield f"dtd-{kind}.docx", docx_with(_w("<w:p/>", f'<?xml version="1.0"?><!DOCTYPE r SYSTEM "{target}">'))
    yield (
        "parameter.docx",
        docx_with(_w("<w:p/>", f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY % x SYSTEM "{url}">%x;]>')),
    )
    yield (
        "styles.docx",
        docx_with(_w("<w:p/>"), {"word/styles.xml": f'<!DOCTYPE s [<!ENTITY x SYSTEM "{file}">]><s>&x;</s>'}),
    )
    yield "numbering.docx", docx_with(_w("<w:p/>"), {"word/numbering.xml": f'<!DOCTYPE s SYSTEM "{url}"><s/>'})
    yield (
        "footnotes.docx",
        docx_with(_w("<w:p/>"), {"word/footnotes.xml": f'<!DOCTYPE s [<!ENTITY x SYSTEM "{file}">]><s>&x;</s>'}),
    )
    xinclude = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{file}" parse="text"/>'
    body = _w(f"<w:p><w:r><w:t>Текст</w:t></w:r></w:p>{xinclude}")
    yield "xinclude.docx", docx_with(body)
    relation = '<Relationships xmlns="x"><Relationship Type="x/officeDocument" Target="{}"/></Relationships>'
    yield "main-outside.docx", docx_with(body, {"_rels/.rels": relation.format("../../../../" + secret_path)})
    yield "main-file.docx", docx_with(body, {"_rels/.rels": relation.format(file)})
    yield (
        "template.docx",
        docx_with(
            body,
            {
                "word/_rels/document.xml.rels": f'<Relationships xmlns="x"><Relationship Type="x/attachedTemplate" TargetMode="External" Target="{url}"/></Relationships>'
            },
        ),
    )
    yield (
        "flat.fodt",
        f'<?xml version="1.0"?><!DOCTYPE office:document [<!ENTITY x SYSTEM "{file}">]><office:document>&x;</office:document>'.encode(),
    )
    for name in (
        "../" * 9 + "tmp/svod-attack.txt",
        "/tmp/svod-attack.txt",
        "..\\..\\svod-attack.txt",
        "C:\\svod-attack.txt",
    ):
        yield "path.zip", raw_zip([(name, b"x", 1, 0)])
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, str(secret_path))
    yield "link.zip", out.getvalue()
    yield (
        "frames.html",
        f'<html><body><p>Текст</p><iframe src="{file}"></iframe><object data="{url}"></object><img src="{url}"><link rel=stylesheet href="{url}"><style>@import url({url});</style><script src="{url}"></script></body></html>'.encode(),
    )
    yield (
        "include.rtf",
        f'{{\\rtf1 {{\\field{{\\*\\fldinst INCLUDETEXT "{secret_path}"}}{{\\fldrslt x}}}}\\par {{\\object\\objautlink\\objupdate{{\\*\\objdata {secret_path.encode().hex()}}}}}}}'.encode(),
    )
    yield (
        "filespec.pdf",
        pdf_objects([*_page(), stream(b"", f"/F({secret_path})"), f"<</Type/Action/S/Launch/F({secret_path})>>"]),
    )
    yield (
        "uri.pdf",
        pdf_objects(
            [
                f"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI({url})>>>>",
                *_page()[1:],
                stream(b"", f"/FFilter/FlateDecode/F<</FS/URL/F({url})>>"),
            ]
        ),
    )
    yield f"../../../..{secret_path}", "Договор аренды".encode()
    yield str(secret_path), "Договор поставки".encode()
