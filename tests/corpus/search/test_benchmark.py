"""The public benchmark judges provisions that are there."""

from bench.judged import own
from bench.treaties.__main__ import samples


def test_every_judged_provision_of_the_benchmark_exists(tmp_path):
    library = samples(tmp_path)
    held = {
        (summary.source, summary.place, provision.eid)
        for summary in library.documents()
        for provision in library.get(summary.id).instrument.walk()
    }
    library.close()
    missing = {judged for query in own("treaties/queries.txt") for judged in query.relevant} - held
    assert not missing
