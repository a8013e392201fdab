"""The gate every zip passes: entries, names, sizes and ratios are counted while inflating; XML has no entities."""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from corpus.errors import InputError

MAX_ENTRIES = 5_000
MAX_TOTAL = 100 << 20
MAX_RATIO = 200
_RATIO_FROM = 2 << 20
_CHUNK = 1 << 16
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_END = struct.Struct("<4s4H2LH")
_ENCRYPTED = 0x1
_BAD_NAME = re.compile(r"(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:|[\x00-\x1f]")
_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)


@dataclass(slots=True)
class Package:
    """An opened zip; `spent` counts the bytes inflated so far against the limit."""

    name: str
    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    spent: int = field(default=0)

    def __contains__(self, part: str) -> bool:
        return part in self.entries

    def part(self, part: str) -> bytes:
        """Inflate an entry; raise InputError when it passes a limit or is damaged."""
        info = self.entries.get(part)
        if info is None:
            raise InputError(
                f"{self.name}: в файле нет части «{part}»; он повреждён. Откройте его в редакторе и сохраните заново."
            )
        out = bytearray()
        try:
            with self.archive.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    out += piece
                    self._count(len(piece), len(out), info)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise InputError(
                f"{self.name}: часть «{part}» архива повреждена. Скачайте или сохраните файл заново."
            ) from error
        return bytes(out)

    def _count(self, more: int, size: int, info: zipfile.ZipInfo) -> None:
        self.spent += more
        if self.spent > MAX_TOTAL:
            raise InputError(
                f"{self.name}: содержимое разворачивается больше чем в {MAX_TOTAL >> 20} МБ; такой файл не принимается."
            )
        if size > _RATIO_FROM and size > MAX_RATIO * max(1, info.compress_size):
            raise InputError(
                f"{self.name}: сжатие больше {MAX_RATIO}:1 — похоже на «zip-бомбу»; такой файл не принимается."
            )

    def xml(self, part: str) -> etree._Element:
        """Parse an XML part; raise InputError when it is damaged or declares a document type."""
        return parse_xml(self.part(part), f"{self.name}, часть «{part}»")


def open_package(data: bytes, name: str) -> Package:
    """Check a zip before anything is inflated; raise InputError for what no honest file has."""
    _check_directory(data, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, struct.error, UnicodeDecodeError) as error:
        raise InputError(f"{name}: архив повреждён или обрезан. Скачайте или сохраните файл заново.") from error
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        _check_entry(info, name)
        if info.filename in entries:
            raise InputError(f"{name}: в архиве две части с именем «{info.filename[:80]}»; такой файл не принимается.")
        entries[info.filename] = info
    if sum(info.file_size for info in infos) > MAX_TOTAL * 4:
        raise InputError(
            f"{name}: содержимое разворачивается больше чем в {MAX_TOTAL * 4 >> 20} МБ; такой файл не принимается."
        )
    return Package(name, archive, entries)


def _check_directory(data: bytes, name: str) -> None:
    """Read the number of entries off the archive's end: a huge directory alone exhausts memory."""
    place = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if place < 0 or place + _END.size > len(data):
        raise InputError(f"{name}: архив обрезан: в нём нет оглавления. Скачайте или сохраните файл заново.")
    entries, size = _END.unpack_from(data, place)[4:6]
    if entries > MAX_ENTRIES or size > 1 << 20:
        raise InputError(f"{name}: в архиве больше {MAX_ENTRIES} частей; такой файл не принимается. Разделите архив.")


def _check_entry(info: zipfile.ZipInfo, name: str) -> None:
    shown = info.filename[:80]
    if info.flag_bits & _ENCRYPTED:
        raise InputError(f"{name}: архив защищён паролем. Снимите пароль и загрузите файл снова.")
    if _BAD_NAME.search(info.filename) or _BAD_NAME.search(info.orig_filename):
        raise InputError(f"{name}: недопустимый путь внутри архива: {shown!r}; такой файл не принимается.")
    if info.external_attr >> 28 == 0xA:
        raise InputError(f"{name}: в архиве есть символическая ссылка «{shown}»; такой файл не принимается.")
    if info.compress_type not in _METHODS:
        raise InputError(
            f"{name}: часть «{shown}» сжата неизвестным способом. Упакуйте архив обычным способом (deflate)."
        )


def parse_xml(data: bytes, where: str) -> etree._Element:
    """Parse without entities, network, document types or giant nodes; raise InputError."""
    if _declares(data):
        raise InputError(
            f"{where}: в XML объявлен тип документа или сущности; такой файл не принимается. "
            "Сохраните его заново в редакторе."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        place = f" (строка {line})" if line else ""
        raise InputError(f"{where}: XML повреждён{place}. Откройте файл в редакторе и сохраните заново.") from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise InputError(f"{where}: XML пуст или объявляет тип документа; такой файл не принимается.")
    return root


def _declares(data: bytes) -> bool:
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}.get(
        data[:2], "latin-1"
    )
    return bool(_DECLARATION.search(data.decode(wide, "ignore")))


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element | None, name: str, default: str = "") -> str:
    """Return an attribute by its name without namespace: transitional and strict files differ in nothing else."""
    if element is None:
        return default
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return default


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along a path of local names."""
    for name in path:
        element = next((c for c in element if local(c) == name), None) if element is not None else None
    return element
