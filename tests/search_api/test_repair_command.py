"""The command: text, JSON, explanation, encodings, errors."""

import json
import subprocess

import pytest

from tests import forked

DAMAGED = "С т о р о н ы  в п р а в е ; междуПравительством, обеспе-\nчение"


def _svod(*args, given=b""):
    return subprocess.run(
        [*forked.command(), "repair", *args],
        input=given,
        capture_output=True,
    )


def test_json_names_edits_by_offsets_in_the_source():
    done = _svod("--json", given=DAMAGED.encode())
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["text"] == "Стороны вправе; между Правительством, обеспечение"
    assert {e["rule"] for e in answer["edits"]} >= {"glued", "hyphen"}
    rebuilt, at = "", 0
    for edit in answer["edits"]:
        rebuilt += DAMAGED[at : edit["start"]] + edit["replacement"]
        at = edit["end"]
    assert rebuilt + DAMAGED[at:] == answer["text"]


def test_json_names_the_runner_up():
    answer = json.loads(_svod("--json", given="З а п р о с и л и п р е д л о ж е н и е".encode()).stdout)
    edit = answer["edits"][0]
    assert edit["rule"] == "spaced-gaps-lost"
    assert {edit["replacement"], edit["runner_up"]} & {"Запросили", "Запрос или"}
    assert edit["runner_up"] is not None


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_a_file_in_any_encoding(tmp_path, encoding):
    text = "Стороны сотрудничают в области охраны труда и обмениваются сведениями. П р и к а з ы в а ю\n" * 3
    path = tmp_path / "приказ.txt"
    path.write_bytes(text.encode(encoding))
    done = _svod(str(path))
    assert done.returncode == 0
    assert "Приказываю" in done.stdout.decode()


def test_explain_names_the_rule():
    done = _svod("-", "--explain", given=DAMAGED.encode())
    assert "обеспе" not in done.stdout.decode().replace("обеспечение", "")
    assert "[glued, " in done.stderr.decode()


def test_a_missing_file_is_a_sentence():
    done = _svod("нет-такого.txt", "--json")
    assert done.returncode == 1
    assert "не читается" in done.stderr.decode()
