"""`svod search` and `svod explain` over the small library."""

import json

import pytest
import typer
from typer.testing import CliRunner

from corpus.errors import QueryError
from search_api.cli.search import register


@pytest.fixture
def run(rivers):
    app = typer.Typer()
    register(app)

    def call(*args: str, stdin: str | None = None):
        done = CliRunner().invoke(app, [*args, "--library", str(rivers.folder)], input=stdin)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.stdout

    return call


def test_json(run):
    answer = json.loads(run("search", "отказ в исполнении запроса", "--limit", "2", "--json"))
    assert next(h["eid"] for h in answer["hits"]) == "art_6__para_1"
    assert len(answer["hits"]) == 2
    more = json.loads(run("search", "отказ в исполнении запроса", "--cursor", answer["cursor"], "--json"))
    assert not {h["eid"] for h in more["hits"]} & {h["eid"] for h in answer["hits"]}


def test_a_query_may_begin_with_a_dash_or_come_from_standard_input(run):
    without = json.loads(run("search", "-сталь тип:приказ", "--limit", "100", "--json"))
    assert "para_1" not in {h["eid"] for h in without["hits"]}
    assert json.loads(run("search", "-", "--json", stdin="суверенитет\n"))["query"] == "суверенитет"


def test_filters_and_switches(run):
    found = json.loads(run("search", "река", "--type", "приказ", "--date", "2015", "--facet", "type", "--json"))
    assert {h["document"][:5] for h in found["hits"]} == {"order"}
    assert list(found["facets"]["type"]) == ["order"]
    assert json.loads(run("search", "затраты", "--no-synonyms", "--no-vectors", "--json"))["total"] == 0
    with pytest.raises(QueryError, match="порядка"):
        run("search", "река", "--sort", "ересь")


@pytest.mark.parametrize("name", ["level", "уровень", "kind"])
def test_levels_are_counted_and_shown(run, name):
    assert set(json.loads(run("search", "река", "--facet", name, "--json"))["facets"]) == {"kind"}
    assert "Уровень: " in run("search", "река", "--facet", name)


@pytest.mark.parametrize("name", ["cites", "ересь"])
def test_an_unknown_facet_is_named(run, name):
    with pytest.raises(QueryError, match=f"по полю «{name}» нельзя"):
        run("search", "река", "--facet", name)


def test_a_corrected_query_tells_the_way_back(rivers):
    app = typer.Typer()
    register(app)
    told = CliRunner().invoke(app, ["search", "cedthtybntn", "--library", str(rivers.folder)]).output
    assert "другую раскладку" in told
    assert "--as-typed" in told


def test_text_shows_the_hits(run):
    assert "*суверенитету*" in run("search", "суверенитет")


def test_explain(run):
    document = json.loads(run("search", "суверенитет", "--json"))["hits"][0]["document"]
    shown = json.loads(run("explain", "суверенитет", document, "art_6__para_1", "--json"))
    assert shown["matches"]
    assert shown["score"] == pytest.approx(sum(p["value"] for p in shown["parts"]), abs=1e-3)
    assert "«суверенитет»" in run("explain", "суверенитет", document, "art_6__para_1")
