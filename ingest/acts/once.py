"""The one reading of a file's paragraphs, which everything about its acts is taken from."""

from dataclasses import dataclass, replace

from ingest.acts.chain import whole
from ingest.acts.parts.rosters import rosters
from ingest.acts.roles import Read, Role, Told, read_roles
from ingest.acts.title_lines import is_note, is_open_bracket, is_unfinished_note
from ingest.acts.zones import Zone, read_zones
from ingest.layout.languages import Language, foreign
from ingest.layout.paragraphs import Paragraph
from ingest.layout.traced import join

BRACKETED = 6
"""Lines of a note in brackets at most: «(в ред. … от …, … от …)»."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The one reading of a file's paragraphs: those of other languages by place; of the rest, roles and zones."""

    paragraphs: list[Paragraph]
    others: dict[int, Language]
    places: list[int]
    told: list[Told]
    zones: list[Zone]


def read_once(paragraphs: list[Paragraph]) -> Reading:
    """Read the role and zone of every paragraph, lost ones found and notes put together before."""
    paragraphs = whole(_whole_notes(paragraphs))
    others = foreign([paragraph.text for paragraph in paragraphs])
    places = [i for i in range(len(paragraphs)) if i not in others]
    russian = [paragraphs[i] for i in places]
    told = read_roles(russian)
    for i in rosters(russian, told):
        told[i] = Told((Read(Role.TEXT, "name of a list", 0.9),))
    return Reading(paragraphs, others, places, told, read_zones(russian, told))


def _whole_notes(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Put a publisher's note printed in several paragraphs together: its heading or unfinished line, and the rest."""
    out: list[Paragraph] = []
    lines = 0
    for paragraph in paragraphs:
        last = out[-1] if out else None
        open_ = last is not None and lines < BRACKETED and is_open_bracket(last, paragraph)
        if last and is_note(last) and (open_ or is_unfinished_note(last, paragraph)):
            out[-1] = replace(last, content=join([last.content, paragraph.content]), marks=last.marks + paragraph.marks)
            lines += 1
        else:
            out.append(paragraph)
            lines = 1
    return out
