"""Words taken from an act: the place to the paragraph, marks inside marks, rich text beside plain."""

import pytest
from fastapi.testclient import TestClient

from corpus.citations.writing import CitationForm
from corpus.metadata.documents import documents_of
from ingest.pipeline import parse_bytes
from search_api.web.reading.taking import Unit, in_marks, stands_at, taken
from tests.search_api.texts import MAPS

WHOLE = documents_of(parse_bytes(MAPS.encode(), "карты.txt"))[0]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("ведёт учёт", "«ведёт учёт»"),
        ("«Реестр» ведётся", "«„Реестр“ ведётся»"),
        ('ведётся "Реестр", "Список"', "«ведётся „Реестр“, „Список“»"),
        ("“Реестр” (“Список”)", "«„Реестр“ („Список“)»"),
        ("пункт „а“ и пункт «б»", "«пункт „а“ и пункт „б“»"),
    ],
)
def test_marks_inside_are_of_the_other_kind(words: str, marked: str) -> None:
    assert in_marks(words) == marked


@pytest.mark.parametrize(
    ("eids", "words", "place"),
    [
        (["art_2__para_1"], "может быть отказано", "п. 1 ст. 2"),
        (["art_2"], "письменно уведомляется об отказе", "п. 2 ст. 2"),
        (["art_1__para_2"], "осуществляют сотрудничество", "абз. 1 п. 2 ст. 1"),
        (["art_1"], "обмен картами и лоциями", "абз. 2 п. 2 ст. 1"),
        (["art_1__para_1", "art_1__para_2"], "промера.\n2. Стороны", "п. 1 ст. 1, абз. 1 п. 2 ст. 1"),
        (["art_2__para_1", "art_2__para_2"], "запрашиваемой Стороны.\n2. Запрашивающая Сторона", "пп. 1, 2 ст. 2"),
        (["art_3"], "Каждая Сторона", "ст. 3"),
        (["art_3"], "таких слов нет", "ст. 3"),
    ],
)
def test_the_place_is_told_to_the_paragraph(eids: list[str], words: str, place: str) -> None:
    assert taken(WHOLE, eids, words, CitationForm.SHORT, "").place == place


def test_a_unit_selected_whole_stands_for_its_parts() -> None:
    inside = [p.eid for p in WHOLE.find("art_2").walk()]
    text = "\n".join(f"{p.num}. {p.text}" for p in WHOLE.find("art_2").children)
    assert stands_at(WHOLE, inside, f"Статья 2. Отказ в исполнении запроса\n{text}") == (Unit("art_2"),)


def test_rich_text_has_the_address_and_no_markup_of_the_words(reading: TestClient, maps: str) -> None:
    form = {"words": "<b>Каждая</b>\n & Сторона", "eid": "art_3", "form": "full"}
    told = reading.post(f"/d/{maps}/quote", data=form).json()
    assert told["quote"]["text"].startswith("«<b>Каждая</b>\n& Сторона» (ст. 3 Соглашения о взаимном признании карт")
    assert "<p>«&lt;b&gt;Каждая&lt;/b&gt;</p><p>&amp; Сторона»" in told["quote"]["html"]
    assert f'<a href="http://127.0.0.1:8000/d/{maps}/art_3?h=' in told["quote"]["html"]
    assert told["footnote"]["text"].endswith(" Ст. 3.")
    assert told["link"]["text"].endswith(told["link"]["html"].split('"')[1]), "an address where nothing is rich"
    assert reading.post(f"/d/{maps}/quote", data={"words": "а", "eid": "art_99"}).status_code == 404
