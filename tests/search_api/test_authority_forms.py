"""The list of what a text cites, form by form, equal to what was written by hand after the standards."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.citations.writing import CitationForm, cite_range
from corpus.errors import InputError
from corpus.model import Document, Instrument, InstrumentType
from search_api.exports import authorities

ACTS = tomllib.loads(Path(__file__).with_name("authority_forms.toml").read_text("utf-8"))["acts"]
FORMS = {
    "short": authorities.short,
    "full": authorities.full,
    "record": authorities.record,
    "footnote": authorities.footnote,
    "csl": authorities.csl,
    "bibtex": authorities.bibtex,
    "ris": authorities.ris,
}


def authority(row: dict) -> authorities.Authority:
    act = Instrument(
        **row["act"] | {"type": InstrumentType(row["act"]["type"]), "parties": tuple(row["act"].get("parties", ()))}
    )
    document = Document(row["name"], "f.txt", 0, act)
    return authorities.Authority(document, cite_range(document, row["eids"], CitationForm.PLACE) if row["eids"] else "")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("row", ACTS, ids=[row["name"] for row in ACTS])
def test_form(row: dict, form: str) -> None:
    made = FORMS[form](authority(row))
    assert made == (json.loads(row[form]) if form == "csl" else row[form])


def test_what_may_not_be_relied_on_is_told() -> None:
    over = replace(authority(ACTS[0]), warning="прекращено с 01.03.2012")
    assert authorities.short(over).endswith(" [прекращено с 01.03.2012]")
    assert authorities.full(over).endswith(" [прекращено с 01.03.2012]")
    assert str(authorities.csl(over)["note"]).endswith("Прекращено с 01.03.2012")
    assert "Прекращено с 01.03.2012}" in authorities.bibtex(over)
    assert "N1  - " in authorities.ris(over)
    assert "Прекращено с 01.03.2012" in authorities.ris(over)


def test_lists() -> None:
    held = [authority(row) for row in ACTS]
    assert authorities.listed(held, "short").startswith(f"1. {ACTS[0]['short']}\n2. ")
    assert len(json.loads(authorities.listed(held, "csl"))) == len(ACTS)
    assert authorities.listed(held, "ris").count("\nER  - \n") == len(ACTS)
    with pytest.raises(InputError, match="Есть: short, full, gost"):
        authorities.listed(held, "apa")
