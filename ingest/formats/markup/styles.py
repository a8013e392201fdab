"""The little of CSS that changes what a reader of the page sees: alignment, weight, raised digits, hidden text."""

import re
from dataclasses import dataclass, field

_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|<!--|-->")
_RULE = re.compile(r"(?<![^{}])([^{}]++)\{([^{}]*+)\}")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*+)?(?:\.([\w-]++))?", re.IGNORECASE)
_WANTED = re.compile(
    r"(?:^|;)\s*+(text-align|font-weight|vertical-align|display|visibility|text-indent|margin-left|white-space|mso-hide)\s*+:([^;!]++)",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"(-?\d++(?:\.\d++)?)\s*+(px|pt|cm|mm|in|em|ex|ch)?")
# Widths of a unit in characters of a 12 pt text.
_CHARACTERS = {"px": 1 / 8, "pt": 1 / 6, "cm": 4.7, "mm": 0.47, "in": 12.0, "em": 2.0, "ex": 1.0, "ch": 1.0}

Properties = dict[str, str]


def declarations(style: str) -> Properties:
    """Read the wanted properties of a style attribute or a rule's body.

    >>> declarations("font: 12pt; TEXT-ALIGN: Center")
    {'text-align': 'center'}
    """
    return {name.lower(): value.strip().lower() for name, value in _WANTED.findall(style)}


def characters(length: str) -> int:
    """Convert a CSS length into character widths; 0 for what cannot be read.

    >>> characters("36pt")
    6
    """
    match = _LENGTH.match(length)
    return round(float(match[1]) * _CHARACTERS[match[2] or "px"]) if match else 0


@dataclass(slots=True)
class StyleSheet:
    """Rules for a tag, a class, or a tag with a class; others are not understood and skipped."""

    rules: dict[tuple[str, str], Properties] = field(default_factory=dict)

    def add(self, css: str) -> None:
        """Read a style element."""
        for selectors, body in _RULE.findall(_without_media(_COMMENT.sub(" ", css))):
            found = declarations(body)
            for selector in selectors.split(",") if found else ():
                match = _SELECTOR.fullmatch(selector.strip())
                if match:
                    key = (match[1] or "").lower(), match[2] or ""
                    kept = self.rules.setdefault(key, {})
                    # Portal sheets repeat «vertical-align: super» as «top» for print: the first says more.
                    kept.update({k: v for k, v in found.items() if not (k == "vertical-align" and k in kept)})

    def of(self, tag: str, attributes: dict[str, str | None]) -> Properties:
        """Return what applies to an element: tag, then its `align`, then class, then its own style.

        CSS puts the rule of a tag over the attribute, but an editor that writes both (Writer) means the attribute.
        """
        merged = dict(self.rules.get((tag, ""), {}))
        if align := attributes.get("align"):
            merged["text-align"] = align.lower()
        for name in (attributes.get("class") or "").split():
            merged |= self.rules.get(("", name), {})
            merged |= self.rules.get((tag, name), {})
        style = attributes.get("style")
        return merged | declarations(style) if style else merged


def _without_media(css: str) -> str:
    """Cut @media and other nested blocks: what they say holds for a device, not for the text."""
    kept, place = [], 0
    for match in re.finditer(r"@(?:media|supports|font-face|page)\b[^@{;]*+\{", css):
        if match.start() < place:
            continue
        kept.append(css[place : match.start()])
        depth, place = 1, match.end()
        while depth and place < len(css):
            brace = re.compile(r"[{}]").search(css, place)
            if brace is None:
                place = len(css)
                break
            depth += 1 if brace[0] == "{" else -1
            place = brace.end()
    return "".join(kept) + css[place:]
