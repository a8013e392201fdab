from ingest.pipeline import parse_bytes

ACT = """# СОГЛАШЕНИЕ о связи

Министерство юстиции Республики Казахстан и Министерство юстиции Республики Беларусь, именуемые далее Сторонами, согласились о нижеследующем:

## Статья 1

Стороны сносятся через Управление внешних связей Министерства юстиции Республики Казахстан.

## Статья 2

Порядок связи указан в статье 1 настоящего Соглашения.

## Статья 3

Каждая Сторона сама несет расходы, которые возникают при исполнении настоящего Соглашения.
"""


def layers():
    return parse_bytes(ACT.encode(), "a.md").instruments[0].layers


def test_bodies_are_named_in_the_nominative():
    bodies = [e["name"] for e in layers()["entities"] if e["type"] == "body"]
    assert bodies[:2] == ["Министерство юстиции Республики Казахстан", "Министерство юстиции Республики Беларусь"]
    assert not any("Сторон" in name for name in bodies)


def test_references_are_read():
    first = layers()["references"][0]
    assert (first["eid"], first["text"]) == ("art_2", "статье 1 настоящего Соглашения")


def test_topics_are_told():
    assert any(t["eid"] == "art_3" and "расход" in t["label"].lower() for t in layers()["topics"])
