"""Bytes of a plain text file into characters: which encoding, how sure, and how it is told."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from charset_normalizer import from_bytes

from corpus.errors import InputError
from corpus.model import Diagnostic
from ingest.formats.plain.letters import cost
from ingest.formats.plain.mojibake import mended
from ingest.formats.registry import supported

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CODE_PAGES = ("cp1251", "koi8_r", "cp866")
_SAMPLE = 20_000
_SURE_MARGIN, _READABLE = 1.0, 8.0
_ENOUGH = 6
# Letter-spaced words: «п р и к а з» has no pairs of letters to tell encodings by.
_SPACED = re.compile(rb"(?<![^ \t\n])[\x80-\xff](?: [\x80-\xff](?![^ \t\n.,;:!])){2,64}+")
_TOLERATED_UTF8_DAMAGE = 0.01
# Mac Cyrillic has the small letters of cp1251 but for «я», which reads as a capital there.
_MACINTOSH = re.compile(r"[а-ю]Я\b")
_SAVE_AS = "Пересохраните файл в кодировке UTF-8."


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with its encoding; `doubts` when another encoding is nearly as likely or bytes were damaged."""

    text: str
    encoding: str
    doubts: tuple[Diagnostic, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    r"""Decode a text file; raise InputError when it is binary or reads as Russian in no known encoding.

    Line ends become "\n", a byte order mark and a closing DOS end-of-file sign are dropped; a text that was once read
    in a wrong code page and saved so is undone where its letters prove it, and told. Nothing else is changed.
    """
    decoded = _read(data, name)
    if (right := mended(decoded.text)) is None:
        return decoded
    message = f"Текст был сохранён прочитанным в чужой кодировке ({_shown(right[1])}); буквы восстановлены."
    return replace(decoded, text=_clean(right[0]), doubts=(Diagnostic("mojibake", message),))


def _read(data: bytes, name: str) -> Decoded:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, name)
    wide = _wide(data)
    if wide:
        return _decoded(data, wide, name)
    if _is_binary(data):
        raise InputError(f"{name}: это не текст, а двоичный файл неизвестного вида. Принимаются {supported()}.")
    try:
        return Decoded(_clean(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError as error:
        damaged = data.decode("utf-8", "replace")
        if (
            damaged.count("�") <= max(1, _TOLERATED_UTF8_DAMAGE * sum(not c.isascii() for c in damaged))
            and _multibyte(data) > 1
        ):
            text = _clean(damaged)
            message = f"В тексте UTF-8 есть повреждённые байты (первый — {error.start + 1}-й); они показаны знаком «�»."
            return Decoded(text, "utf-8", (Diagnostic("encoding", message),))
    return _code_page(data, name)


def _decoded(data: bytes, encoding: str, name: str) -> Decoded:
    text = data.decode(encoding, "replace")
    if encoding == "utf-8" and _is_code_page(data, text):
        decoded = _code_page(data, name)
        message = f"Файл помечен как UTF-8, но записан в {_shown(decoded.encoding)}: прочитан так."
        return replace(decoded, doubts=(Diagnostic("encoding", message), *decoded.doubts))
    if sum(c.isprintable() or c in "\t\n\r\f" for c in text[:_SAMPLE]) < 0.8 * len(text[:_SAMPLE]):
        raise InputError(f"{name}: файл помечен как {encoding.upper()}, но не читается в этой кодировке. {_SAVE_AS}")
    doubts: tuple[Diagnostic, ...] = ()
    if "�" in text:
        doubts = (
            Diagnostic("encoding", f"В тексте {encoding.upper()} есть повреждённые знаки; они показаны знаком «�»."),
        )
    return Decoded(_clean(text), encoding, doubts)


def _is_code_page(data: bytes, text: str) -> bool:
    """Say whether bytes marked as UTF-8 are a code page's: more damage than letters of two bytes."""
    return text.count("\ufffd") > max(_ENOUGH, _multibyte(data))


def _clean(text: str) -> str:
    return (
        text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\x1a").removeprefix("\ufeff").replace("\x00", "")
    )


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: Cyrillic has 0x04 and ASCII 0x00 in every second byte."""
    sample = data[: _SAMPLE // 2 * 2]
    if len(sample) < 4 or len(data) % 2:
        return None
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset::2]
        if high.count(0) + high.count(4) + high.count(0x20) > 0.9 * len(high) and (
            high.count(0) or high.count(4) > 0.5 * len(high)
        ):
            return encoding
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    control = sum(sample.count(byte) for byte in range(0x20) if byte not in b"\t\n\x0b\x0c\r\x1a\x1b")
    return b"\x00" in sample or control > 0.01 * len(sample)


def _multibyte(data: bytes) -> int:
    """Count well-formed Cyrillic pairs of UTF-8 in the sample."""
    sample = data[:_SAMPLE]
    return sum(a in b"\xd0\xd1" and 0x80 <= b < 0xC0 for a, b in pairwise(sample))


def _sample(data: bytes) -> bytes:
    """Take the lines that tell encodings apart: those with bytes outside ASCII, from the whole file."""
    telling = [line for line in data.splitlines() if not line.isascii()]
    step = max(1, sum(map(len, telling)) // _SAMPLE)
    return _SPACED.sub(lambda m: m[0].replace(b" ", b""), b"\n".join(telling[::step])[:_SAMPLE])


def _code_page(data: bytes, name: str) -> Decoded:
    sample = _sample(data)
    ranked = sorted((cost(sample.decode(page, "replace")), page) for page in _CODE_PAGES)
    (best, page), (second, other) = ranked[:2]
    if best > _READABLE and sum(byte > 127 for byte in sample) >= _ENOUGH:
        raise InputError(
            f"{name}: кодировка не определена: ни в UTF-8, ни в UTF-16, cp1251, koi8-r, cp866 "
            f"не получается русский текст. {_SAVE_AS}"
        )
    doubts: tuple[Diagnostic, ...] = ()
    if second - best < _SURE_MARGIN or best > _READABLE:
        guess = from_bytes(sample, cp_isolation=list(_CODE_PAGES)).best()
        if guess is not None and guess.encoding == other and second - best < _SURE_MARGIN / 4:
            page, other = other, page
        message = f"Кодировка определена неуверенно: {_shown(page)}, но возможна и {_shown(other)}. {_SAVE_AS}"
        doubts = (Diagnostic("encoding", message),)
    text = _clean(data.decode(page, "replace"))
    if page == "cp1251" and "я" not in text and len(_MACINTOSH.findall(text)) > 1:
        message = f"Текст, похоже, не в cp1251, а в кодировке Macintosh: часть букв прочитана неверно. {_SAVE_AS}"
        doubts = (*doubts, Diagnostic("encoding", message))
    return Decoded(text, page, doubts)


def _shown(page: str) -> str:
    return page.replace("_", "-")
