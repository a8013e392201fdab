"""Repair on real texts kept outside the project: clean ones stay; the five reference files' damage goes."""

import os
import re

from analyzers.lemmas import is_known
from analyzers.repair import repair
from tests.shared import need

# What the distractors really hold, each a defect: the title stuck to a case number («…/2015Требование», some 80),
# Latin look-alikes in a firm's form and a standard's name («AO», «MCA»), words broken in a quoted paper («исполни
# тельного производства», «инспекций го рода»), a blank behind the hyphen («научно- образовательной»).
DEFECTS = re.compile(r"glued|lookalike|fragments|hyphen-gap")
GLUED_NUMBER = re.compile(r"\d")


def test_a_megabyte_of_clean_texts_stays():
    seen = 0
    for path in sorted((need("texts/distractors")).glob("*.txt"))[:: 1 if os.environ.get("SVOD_SOAK") else 5]:
        text = path.read_text("utf-8")
        seen += len(text)
        found = repair(text)
        for edit in found.edits:
            what = text[edit.start : edit.end]
            if edit.rule == "glued":
                assert GLUED_NUMBER.match(text[edit.start - 1]), text[edit.start - 30 : edit.end + 30]
            else:
                allowed = {"AO", "MCA", "исполни тельного", "го рода", " "}
                assert DEFECTS.fullmatch(edit.rule), edit
                assert what in allowed, text[edit.start - 30 : edit.end + 30]
    assert seen > 1_000_000


def test_no_letter_spacing_is_left_in_the_reference_files_and_laws():
    run = re.compile(r"(?<![^\W_])(?:[А-Яа-яЁё][ \u00a0]+){4,}[А-Яа-яЁё](?![^\W_])")
    files = [*sorted((need("seeds")).glob("*.txt")), *sorted((need("texts/laws")).glob("*.txt"))]
    assert any(run.search(f.read_text("utf-8")) for f in files)
    for file in files:
        assert not run.search(repair(file.read_text("utf-8")).text), file.name


def test_spaced_words_of_laws_are_words_again():
    """«С т а т ь я 1.», «п р и к а з ы в а ю»: each run comes back as words of the dictionary."""
    run = re.compile(r"(?<![^\W_])(?:[А-Яа-яЁё] ){4,}[А-Яа-яЁё](?![^\W_])")
    seen = []
    for file in sorted((need("texts/laws")).glob("*.txt")):
        found = repair(file.read_text("utf-8"))
        for match in run.finditer(found.source):
            edit = next(e for e in found.edits if e.start < match.end() and match.start() < e.end)
            seen += re.findall(r"[а-яё]+", edit.replacement.lower())
    assert len(seen) >= 4
    assert all(is_known(word) for word in seen), seen
    heading = repair("С т а т ь я 1. П р е д м е т р е г у л и р о в а н и я")
    assert heading.text == "Статья 1. Предмет регулирования"
