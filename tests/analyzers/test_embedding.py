"""The sentence model of `svod[semantic]`: what names a vector; and, where it is installed, what it makes after a fork."""

import os
import subprocess
import sys

import numpy as np
import pytest

from analyzers import embedding

semantic = pytest.mark.skipif(not embedding.available(), reason="нет svod[semantic]")

FORKED = """
import os
from analyzers import embedding
before = embedding.passage("Паром ходит дважды в день.")
embedding.query("когда ходит паром")
child = os.fork()
if not child:
    os._exit(0 if embedding.passage("Паром ходит дважды в день.") == before else 1)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("паром", "паромы", False),
        ("а" * embedding.LONGEST + "б", "а" * embedding.LONGEST + "в", True),
        ("паром\0", "паром ", True),
        ("паром\ud800", "паром?", True),
    ],
)
def test_a_vector_is_named_by_what_is_read_of_the_text(one, other, same):
    assert (embedding.key(one) == embedding.key(other)) is same


@pytest.mark.soak
@semantic
def test_a_process_forked_after_use_goes_on():
    """With two threads of OpenMP the child waited for ever."""
    env = {**os.environ, "OMP_NUM_THREADS": "2"}
    done = subprocess.run([sys.executable, "-c", FORKED], env=env, timeout=60, check=False)
    assert done.returncode == 0


@pytest.mark.soak
@semantic
def test_what_means_the_same_is_nearer_whatever_the_text():
    def near(one, other):
        return float(embedding.query(one) @ embedding.read(embedding.passage(other)))

    rescue = "Если судно терпит бедствие, ближайшая гавань высылает катер."
    assert near("где спасут моряков", rescue) > near("где спасут моряков", "Сбор платит владелец причала.")
    for strange in ("", "\0", "\ud800", "ё" * 5000, "𝔄" * 300):
        vector = embedding.read(embedding.passage(strange))
        assert vector.shape == (384,)
        assert np.isclose(np.linalg.norm(vector), 1, atol=1e-5)
