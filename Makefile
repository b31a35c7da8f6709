# Everything here needs Python 3.11 or later, make and a package registry; the rest is installed into .venv.
PYTHON ?= python3
UV := .venv/bin/uv
STAMP := .venv/.installed

.PHONY: demo test check bench clean

demo: $(STAMP)
	@.venv/bin/satchel demo

test: $(STAMP)
	@.venv/bin/pytest -n 2 --dist loadgroup -q

check: $(STAMP)
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/pyright
	@.venv/bin/lint-imports

bench: $(STAMP)
	@.venv/bin/python -m satchel.bench.report docs

clean:
	rm -rf .venv

$(STAMP): pyproject.toml uv.lock
	@test -x $(UV) || ($(PYTHON) -m venv .venv && .venv/bin/pip install --quiet --disable-pip-version-check uv)
	@$(UV) sync --frozen --quiet --all-extras --inexact
	@touch $(STAMP)
