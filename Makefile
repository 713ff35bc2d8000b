# Two commands: `make demo` and `make test`. Both set up what they need.

PYTHON ?= python3
BIN := .venv/bin

# One more than processors, because tests in browsers often wait.
WORKERS = $$(( $$(getconf _NPROCESSORS_ONLN) + 1 ))

.PHONY: demo test check bench lint js clean

# The tools of npm run under the Node.js of the virtual environment.
export PATH := $(CURDIR)/$(BIN):$(PATH)

demo: .venv/.demo
	@$(BIN)/python tools/demo.py

test: .venv/.dev lint
	@tools/browsers
	npm run --silent test
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report term

check: .venv/.dev lint
	npm run --silent test
	$(BIN)/python -m pytest -n auto tests/unit

bench: .venv/.dev
	$(BIN)/pip install --quiet --group benchmarks
	$(BIN)/python benchmarks/all.py

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python tools/check_schemas.py
	npm run --silent lint
	npm run --silent types
	npm run --silent words

js: .venv/.dev
	npm run --silent build

clean:
	rm -rf .venv node_modules build

.venv/.pip:
	@tools/venv $(PYTHON)
	@touch $@

.venv/.demo: .venv/.pip pyproject.toml
	$(BIN)/pip install --quiet --editable . --group mkdocs --group sphinx
	@touch $@

.venv/.dev: .venv/.pip pyproject.toml package.json
	$(BIN)/pip install --quiet --editable . --group dev
	$(BIN)/npm install --silent --no-audit --no-fund
	@touch $@
