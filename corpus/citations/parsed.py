"""What reading a citation yields, before anything is looked up: places, the instrument as named, spans."""

from dataclasses import dataclass, replace
from enum import StrEnum

from analyzers.spans import Span
from corpus.model import Kind


class Pointing(StrEnum):
    """How a unit without a number points: «настоящей статьи», «указанного пункта», «предыдущей статьи»."""

    NONE = ""
    THIS = "this"
    SAME = "same"
    PREVIOUS = "previous"
    NEXT = "next"


LAST, LAST_BUT_ONE = "-1", "-2"
"""Numbers told from the end: «последний абзац», «предпоследний абзац»."""


@dataclass(frozen=True, slots=True)
class CitedUnit:
    """One step of a place; `num` as in an eId, LAST or LAST_BUT_ONE.

    `ordinal` is true for a number in words («часть вторая»).
    """

    kind: Kind
    num: str | None = None
    ordinal: bool = False
    pointing: Pointing = Pointing.NONE
    again: int = 1


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A place in an instrument, outermost unit first.

    `inner` marks what stands between the ends of a range by its numbers, `until` the end of a range whose beginning
    stands before it: what the act itself has between the two belongs to it («статьи 5–7» of an act with article 6.1).
    """

    units: tuple[CitedUnit, ...]
    inner: bool = False
    until: bool = False


class Reach(StrEnum):
    """What an instrument's name points to: itself by name, the citing act, the act last named, a defined name."""

    NAMED = "named"
    THIS = "this"
    SAME = "same"


_ENDINGS = 4
"""Letters by which a name in the nominative may be longer than in another case."""


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument as a text names it.

    `lemma` is the type word («соглашение»), `title` the name in the nominative without date and number, `date` ISO
    8601, `year` that of a name without a day («Соглашение 2008 года»). `inside` is the instrument named inside the
    title («Протокол к Соглашению …»); `floating` says that the date may belong to either of them. `approved_by` is
    the instrument that put it into force: «Положение о …, утверждённое Указом …». `bare` is a type word or a defined
    name alone.
    """

    span: Span
    lemma: str
    title: str
    date: str | None = None
    number: str | None = None
    year: str | None = None
    reach: Reach = Reach.NAMED
    bare: bool = False
    floating: bool = False
    inside: "Named | None" = None
    approved_by: "Named | None" = None

    @property
    def alone(self) -> bool:
        """Say whether it is a type word and nothing else: no adjective tells one act from another."""
        return self.bare and self.title.lower() == self.lemma

    @property
    def given(self) -> "Named":
        """Return the act a word alone was given to before, by its name: «Соглашение» behind «(далее – Соглашение)».

        A word that stands for such a name has its date or number, or a title longer than the word itself.
        """
        longer = len(self.title) > self.span.end - self.span.start + _ENDINGS
        return replace(self, bare=False) if self.bare and (self.date or self.number or longer) else self


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in a text: `span` holds places and name; without places it names a whole instrument.

    `unread` are the words in it that were seen and not understood («и след.»).
    """

    span: Span
    places: tuple[CitedPlace, ...] = ()
    named: Named | None = None
    unread: tuple[Span, ...] = ()
