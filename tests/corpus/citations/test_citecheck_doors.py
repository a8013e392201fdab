"""`svod citecheck`, POST /api/v1/citecheck and the page «Проверить цитаты»."""

import io
import json
import re
import sys

import pytest
from docx import Document as Docx
from fastapi.testclient import TestClient

from corpus.local.library import LocalLibrary
from search_api.http.app import create_app
from search_api.main import main
from search_api.service.opening import open_library
from search_api.service.settings import Settings
from tests.corpus.citations.samples import LAW, POST, file

TEXT = (
    "Согласно ст. 1 Соглашения от 05.05.2001 «Стороны обмениваются посылками в мешках».\n\n"
    "«Мост красят» (ч. 2 ст. 1 Закона от 09.09.1999). Статья 9 Соглашения от 05.05.2001 не та."
)
PAGE = {"accept": "text/html", "origin": "http://127.0.0.1:8000"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("check") / "library"
    library = LocalLibrary(path)
    library.put(file("post.txt", POST))
    library.put(file("law.txt", LAW))
    library.close()
    return str(path)


@pytest.fixture(scope="module")
def http(folder):
    with TestClient(create_app(lambda: open_library(folder), Settings()), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture
def svod(folder, capsysbinary, monkeypatch):
    def run(*args):
        monkeypatch.setattr(sys, "argv", ["svod", "citecheck", *args, "--library", folder])
        with pytest.raises(SystemExit) as end:
            main()
        return end.value.code, capsysbinary.readouterr()[0]

    return run


def checked(http, text):
    return http.post("/citecheck", files={"text": (None, text), "file": ("", b"")}, headers=PAGE)


def test_both_doors_say_the_same(svod, http):
    code, out = svod(TEXT, "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert told == http.post("/api/v1/citecheck", json={"text": TEXT}).json()
    assert [c["status"] for c in told["citations"]] == ["resolved", "resolved", "not_found"]
    assert [q["status"] for q in told["quotations"]] == ["differs", "exact"]
    assert [len(a["places"]) for a in told["authorities"]] == [1, 1]
    assert all(TEXT[slice(*q["span"])] == q["text"] for q in told["quotations"])


def test_a_file_is_read_as_any_file_of_the_library(svod, tmp_path):
    path = tmp_path / "записка.txt"
    path.write_bytes(TEXT.encode("cp1251"))
    code, out = svod(str(path))
    assert code == 0
    assert "в тексте «письмами», у вас «посылками»" in out.decode()


def test_the_report_has_comments_at_their_places(svod, tmp_path):
    path = tmp_path / "отчёт.docx"
    code, _ = svod(TEXT, "--format", "docx", "-o", str(path))
    assert code == 0
    book = Docx(str(path))
    comments = [c.text for c in book.comments]
    assert len(comments) == 5
    assert any("«письмами»" in c for c in comments)
    assert book.paragraphs[0].text == TEXT.split("\n", maxsplit=1)[0]


def test_an_unknown_format_is_refused(svod):
    assert svod(TEXT, "--format", "pdf")[0] == 2


def test_the_page_asks_and_answers(http):
    asked = http.get("/citecheck", headers=PAGE).text
    assert 'aria-current="page">Проверить цитаты' in asked
    told = checked(http, TEXT).text
    assert re.findall(r'class="chip (\w+)"', told) == ["good", "bad", "good", "good", "bad"]
    assert "в тексте «письмами», у вас «посылками»" in told
    assert "Нет: ст. 9. В документе 3 статьи." in told
    assert "<script>" not in told
    assert 'style="' not in told


def test_exact_words_are_put_in(http):
    told = http.post(
        "/citecheck", files={"text": (None, TEXT), "replace": (None, "all"), "file": ("", b"")}, headers=PAGE
    ).text
    assert "Стороны обмениваются письмами в мешках" in told
    assert "посылками" not in told


def test_a_file_is_checked_on_the_page(http):
    told = http.post("/citecheck", files={"file": ("записка.txt", TEXT.encode())}, headers=PAGE).text
    assert "Цитата расходится" in told


def test_marks_of_html_are_words(http):
    told = checked(http, "<b>Ст. 1</b> Соглашения <script>alert(1)</script> от 05.05.2001").text
    assert "<script>alert" not in told
    assert "<b>Ст. 1</b>" not in told


def test_the_report_comes_from_the_page(http):
    report = http.post("/citecheck/report", files={"text": (None, TEXT)}, headers=PAGE)
    assert len(list(Docx(io.BytesIO(report.content)).comments)) == 5


def test_a_text_too_long_is_refused(http):
    assert http.post("/api/v1/citecheck", json={"text": "а" * 1_000_001}).status_code in (400, 422)


def test_nothing_to_check(http):
    assert checked(http, "  ").status_code == 200
    assert "Ссылок и цитат в тексте не нашлось" in checked(http, "Погода хорошая.").text


def test_the_list_in_a_form(svod, http):
    code, out = svod(TEXT, "--list", "bibtex")
    assert (code, out.count(b"@misc{")) == (0, 2)
    told = http.post("/citecheck/list", data={"text": TEXT, "form": "bibtex"}, headers=PAGE)
    assert told.content == out
    assert "authorities.bib" in told.headers["content-disposition"]
    assert svod(TEXT, "--list", "apa")[0] != 0
    assert 'action="/citecheck/list"' in checked(http, TEXT).text
