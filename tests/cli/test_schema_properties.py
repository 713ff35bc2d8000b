"""The schema and the validation accept the same options."""

from __future__ import annotations

import json
from functools import cache

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sites import PROFILE
from values import BAD_AND_GOOD

from halochat.cli import main
from halochat.options import OPTIONS
from halochat.validation import validate_site

# Values of one option are likely mistakes in another. JSON has no infinity.
KNOWN = [
    value
    for values in BAD_AND_GOOD.values()
    for value in values
    if value != {"a": float("inf")}
]
SIGNS = "aAf09#:/.-_%?@ ,;{}()\\!"
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-1, 2**53)
    | st.floats(-1, 1e6)
    | st.text(SIGNS, max_size=8)
    | st.sampled_from(["https://a.example/", "mailto:a@b.example", "images/a.svg"])
    | st.sampled_from(["#12345", "bottom-left", "auto", "de", "de-AT", "url (x)"])
)
VALUES = (
    st.sampled_from(KNOWN)
    | SCALARS
    | st.lists(SCALARS, max_size=2)
    | st.dictionaries(st.text(SIGNS, max_size=6), SCALARS, max_size=2)
)


@cache
def schema() -> Draft202012Validator:
    # The schemas for YAML also accept the names of environment variables.
    result = CliRunner().invoke(main, ["schema", "--host", "sphinx"])
    return Draft202012Validator(json.loads(result.output))


@given(st.sampled_from(list(OPTIONS)), VALUES, st.booleans())
def test_the_schema_and_the_validation_accept_the_same(
    name: str, value: object, is_page: bool
) -> None:
    layer = {name: value}
    options = {**PROFILE, **({"pages": {"a.md": layer}} if is_page else layer)}
    problems = [
        problem
        for problem in validate_site(options).problems
        if problem.severity == "error"
    ]
    valid = schema().is_valid({"halochat_options": options})
    if isinstance(value, dict) and problems:
        return  # only the validation knows the names in a mapping
    assert valid is not bool(problems), problems
