"""The JSON codec gives back what it was given, and refuses what does not fit."""

import json

import pytest
from hypothesis import given, settings

from corpus import codec
from corpus.library import Summary
from corpus.metadata.documents import documents_of, summary
from corpus.model import Instrument, InstrumentType, Kind, Provision, SourceFile
from tests import strategies


@settings(max_examples=20, deadline=None)
@given(file=strategies.files())
def test_round_trip(file: SourceFile) -> None:
    text = codec.dumps(file)
    again = codec.loads(SourceFile, text)
    assert again == file
    assert codec.dumps(again) == text
    for document in documents_of(file):
        assert codec.loads(Instrument, codec.dumps(document.instrument)) == document.instrument
        assert codec.loads(Summary, codec.dumps(summary(document))) == summary(document)


def test_defaults_are_left_out() -> None:
    provision = Provision("art_1", Kind.ARTICLE, "Текст")
    assert codec.to_json(provision) == {"eid": "art_1", "kind": "article", "text": "Текст"}


def test_layers_are_json_values() -> None:
    instrument = Instrument(
        InstrumentType.ACT, "Акт", layers={"topics": [{"eid": "body", "topic": "costs", "x": None}]}
    )
    assert codec.loads(Instrument, codec.dumps(instrument)) == instrument


BAD = {
    "other version": json.dumps({"version": 99, "value": {}}),
    "unknown field": json.dumps({"version": codec.VERSION, "value": {"type": "act", "title": "", "colour": 1}}),
    "unknown type": json.dumps({"version": codec.VERSION, "value": {"type": "poem", "title": ""}}),
    "no object": json.dumps({"version": codec.VERSION, "value": [1]}),
    "no json": "{",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_what_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        codec.loads(Instrument, text)
