"""Canonical JSON and the two hashes, against the standards and an independent library."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from decision_procedure.errors import UnusableArgument
from decision_procedure.keeping.receipts.canonical import canonical_json
from decision_procedure.keeping.receipts.sm3 import plain_sm3, sm3_hex

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda parts: st.lists(parts) | st.dictionaries(TEXTS, parts),
)
SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
SM3_OF_ABCD_16_TIMES = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@given(DATA)
def test_canonical_json_is_what_an_independent_library_writes(data: Any) -> None:
    assert canonical_json(data) == rfc8785.dumps(data)


def test_keys_are_sorted_by_utf_16_code_units_as_in_the_example_of_the_standard() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]

    text = canonical_json(dict.fromkeys(names, 0)).decode()

    assert text == '{"\\r":0,"1":0,"\u0080":0,"ö":0,"€":0,"\U0001f600":0,"\ufb33":0}'


@pytest.mark.parametrize(
    "data",
    [1.0, float("nan"), {"a": [0.5]}, 2**53, -(2**53), "\ud800", {"\udfff": 1}, {1: 2}, b"", {"a", "b"}],
)
def test_what_has_no_canonical_form_here_is_refused(data: Any) -> None:
    with pytest.raises(UnusableArgument):
        canonical_json(data)


def test_sm3_has_the_values_of_the_standard_with_and_without_openssl() -> None:
    for function in (plain_sm3, sm3_hex):
        assert function(b"abc") == SM3_OF_ABC
        assert function(b"abcd" * 16) == SM3_OF_ABCD_16_TIMES


@pytest.mark.skipif(
    "sm3" not in hashlib.algorithms_available, reason="this OpenSSL has no SM3 to compare with"
)
@given(st.binary(max_size=300))
def test_sm3_in_python_is_sm3_of_openssl(data: bytes) -> None:
    assert plain_sm3(data) == hashlib.new("sm3", data).hexdigest()


def test_sm3_works_where_openssl_lacks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str, data: bytes = b"") -> Any:
        raise ValueError(name)

    monkeypatch.setattr(hashlib, "new", lacking)
    from decision_procedure.keeping.receipts import sm3

    sm3._openssl_has_it.cache_clear()
    try:
        assert sm3_hex(b"abc") == SM3_OF_ABC
    finally:
        sm3._openssl_has_it.cache_clear()
