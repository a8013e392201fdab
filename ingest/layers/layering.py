"""What stands beside an act's text, computed from its words."""

from dataclasses import replace

from corpus.citations.layered import layer as citations
from corpus.citations.layered import relations
from corpus.effects import instructions as effects
from corpus.effects.force import ends
from corpus.model import Instrument
from corpus.topics import topics
from ingest.fragments import fragment
from ingest.layers import entities
from ingest.layers.terms import with_terms


def layered(act: Instrument) -> Instrument:
    """Return an act with its layers, and the metadata that is read where the layer of topics says."""
    made = replace(act, layers={**act.layers, **layers(act)})
    told = {
        relations.LAYER: relations.layer(made),
        ends.LAYER: ends.layer(made),
        effects.LAYER: effects.layer(made, fragment),
    }
    return with_terms(replace(made, layers={**made.layers, **told}))


def layers(act: Instrument) -> dict[str, object]:
    """Compute what stands beside an act's text."""
    return {"entities": entities.layer(act), "references": citations.layer(act), "topics": topics.layer(act)}
