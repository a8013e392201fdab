"""How well a decoding reads as Russian: the cost in bits of each pair of letters."""

from functools import cache

from analyzers.letters import folded

ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюя"

# -log2 P(second | first), hexadecimal, 15 = practically never; row and column 0 stand for the edge of a word.
# Counted over the 60,000 commonest Russian words of wordfreq, weighted by frequency ** 0.75.
_PAIRS = """
f654546755b464443535567867ceef697 2c6465565765353a64448866678fffb65 5498db3aa4f74852e36b4e7ed95639b86
33c9983e74f6585385466e9a97bc48ef7 53a9954fe4f74961c3995eec9effcfbcf 53a59826a3f7684375584e9898fa56aa6
28655466695544387344a977677ffff99 537ca32bf3f6aa36fb7d5ffd7ffff7faf 42646458c4f66534b58a5ffaacfa57fb6
27756648555544468544b956578fffd64 0a9ba6afacf68756ba45fbb777efffffb 42c7ac58a3f95a72a4644dc7fcffddbdf
33bd8937d3f76b63bb695dcfabcf63c54 2389ae3ee3f877536a7c4adaafff58ab6 53a9763ba2f6be42c95558b78c9e36d96
3b434456674544486444a878678fffa97 74bdcd3fe4f85e7272885dfabcff68dd7 52876737b3f7865298654a8998df57b96
5585c84cd4f346545752598a78fa75c94 3394d83fc3f6895394595bcb8fcd53ca7 275654646885555a4444ca6a466fff949
43af8f3fa2f95992b36645fccfff79abf 14f6ae7ff5fc8852f5786ebfdffdfa9ff 43a6bc2fc1f5afa5ca8d5ff9fcff5fdcf
63eaff1bf3f57a38c8b45eeff6fff6fff 63f7ff2ff2f44945a8a55fdafffff4caf 83ffff1ff2ffff5cfaff5ffffffff6fff
5fffff1ffffffffffffffffffffffff72 2f6477398936446f6655cf3b75cfffff9 1f79895f68f5f639af46f9e885affff55
6f9686ff8f63454f6451f58af8ffffafb 194a74b76ab7776fb653ffa7594ffff7f 1f7586675a87555d8763ef68796ffff68
"""
_TYPOGRAPHY = "«»„“”’‘–—−№§°…•·\u00a0\u00ad©®ёЁ"
_BOX = "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬"
_NEIGHBOURS = "ўіїєґЎІЇЄҐ"
_TYPOGRAPHY_BITS, _BOX_BITS, _NEIGHBOUR_BITS, _STRANGE_BITS = 5, 7, 12, 16
_CASE_BREAK_BITS, _SHOUT_BREAK_BITS = 10, 6


@cache
def _pairs() -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(digit, 16) for digit in row) for row in _PAIRS.split())


@cache
def _class_of(char: str) -> tuple[int, bool, int]:
    """Return the letter's place (0 for none), whether it is a capital, and the cost of a sign that is no letter."""
    place = ALPHABET.find(folded(char)) + 1 if len(char.lower()) == 1 else 0
    if place:
        return place, char.isupper(), 0
    if char.isascii():
        return 0, False, 0 if char.isprintable() or char in "\t\n\r\f" else _STRANGE_BITS
    for signs, bits in ((_TYPOGRAPHY, _TYPOGRAPHY_BITS), (_BOX, _BOX_BITS), (_NEIGHBOURS, _NEIGHBOUR_BITS)):
        if char in signs:
            return 0, False, bits
    return 0, False, _STRANGE_BITS


def cost(text: str) -> float:
    """Return the mean cost in bits of a character outside ASCII: about 4 for Russian, above 7 for a wrong code page.

    >>> round(cost("Соглашение вступает в силу"), 1) < 5 < round(cost("яНЦКЮЬЕМХЕ БЯРСОЮЕР Б ЯХКС"), 1)
    True
    """
    pairs, bits, count = _pairs(), 0, 0
    before, before_upper, run = 0, False, 0
    for char in text:
        place, upper, strange = _class_of(char)
        count += not char.isascii()
        bits += strange
        if place or before:
            bits += pairs[before][place]
        if place and before and upper != before_upper:
            # A capital after a small letter never stands inside a word; a small one only after the first.
            bits += _CASE_BREAK_BITS if upper else _SHOUT_BREAK_BITS if run > 1 else 0
        run = run + 1 if place else 0
        before, before_upper = place, upper
    return bits / count if count else 0.0
