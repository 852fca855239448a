"""The Merkle tree against RFC 6962 and the vectors of its reference implementation."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision_procedure.keeping.ledger import merkle

DATA = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATHS = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (3, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (2, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
LEAVES = [merkle.leaf_hash(data) for data in DATA]


def defined_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + defined_root(leaves[:k]) + defined_root(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_reference_implementation(size: int) -> None:
    assert merkle.tree_root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("number", "size"), sorted(PATHS))
def test_audit_paths_are_those_of_the_reference_implementation(number: int, size: int) -> None:
    proof = merkle.inclusion_proof(number - 1, LEAVES[:size])

    assert tuple(part.hex() for part in proof) == PATHS[number, size]


def test_the_example_of_the_standard_with_seven_leaves() -> None:
    a, b, c, d, e, f, j = leaves = LEAVES[:7]
    node = merkle.node_hash
    g, h, i = node(a, b), node(c, d), node(e, f)
    k, m = node(g, h), node(i, j)

    assert merkle.inclusion_proof(0, leaves) == [b, h, m]
    assert merkle.inclusion_proof(3, leaves) == [c, g, m]
    assert merkle.inclusion_proof(4, leaves) == [f, j, k]
    assert merkle.inclusion_proof(6, leaves) == [i, k]
    assert merkle.consistency_proof(3, leaves) == [c, d, g, m]
    assert merkle.consistency_proof(4, leaves) == [m]
    assert merkle.consistency_proof(6, leaves) == [i, j, k]


@given(st.integers(0, 70))
def test_growing_a_tree_gives_the_root_that_the_standard_defines(size: int) -> None:
    leaves = [merkle.leaf_hash(bytes([index])) for index in range(size)]

    assert merkle.tree_root(leaves) == defined_root(leaves)


@given(st.data())
def test_every_inclusion_proof_holds_for_its_leaf_and_for_no_other(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70))
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    root = merkle.tree_root(leaves)

    proof = merkle.inclusion_proof(index, leaves)

    assert merkle.inclusion_holds(index, size, leaves[index], proof, root)
    assert merkle.inclusion_holds(other, size, leaves[index], proof, root) == (other == index)
    assert not merkle.inclusion_holds(index, size, merkle.leaf_hash(b"other"), proof, root)
    assert not merkle.inclusion_holds(index, size, leaves[index], [*proof, root], root)
    if proof:
        assert not merkle.inclusion_holds(index, size, leaves[index], proof[:-1], root)


@given(st.data())
def test_every_consistency_proof_holds_and_none_for_a_changed_past(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70))
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    forged = [*leaves[:changed], merkle.leaf_hash(b"other"), *leaves[changed + 1 :]]
    before, after = merkle.tree_root(leaves[:old]), merkle.tree_root(leaves)

    proof = merkle.consistency_proof(old, leaves)
    false = merkle.consistency_proof(old, forged)

    assert merkle.consistency_holds(old, size, before, after, proof)
    assert not merkle.consistency_holds(old, size, before, merkle.tree_root(forged), false)
    assert not merkle.consistency_holds(old, size, merkle.tree_root(forged[:old]), after, proof)
    assert not merkle.consistency_holds(old, size, before, after, [*proof, after])


def test_everything_grows_from_the_empty_tree_and_from_itself() -> None:
    root = merkle.tree_root(LEAVES)

    assert merkle.consistency_proof(0, LEAVES) == merkle.consistency_proof(8, LEAVES) == []
    assert merkle.consistency_holds(0, 8, merkle.EMPTY_ROOT, root, [])
    assert merkle.consistency_holds(8, 8, root, root, [])
    assert not merkle.consistency_holds(0, 8, root, root, [])
    assert not merkle.consistency_holds(9, 8, root, root, [])


def test_a_proof_for_what_is_not_there_is_an_error() -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_proof(8, LEAVES)
    with pytest.raises(IndexError):
        merkle.consistency_proof(9, LEAVES)


@pytest.mark.parametrize("cut", [0, 1, 16, 31, 33, 64])
def test_bytes_cut_from_a_node_are_no_leaf_no_root_and_no_part_of_a_proof(cut: int) -> None:
    node = LEAVES[0] + LEAVES[1]
    root = merkle.tree_root(LEAVES[:2])

    assert not merkle.inclusion_holds(0, 2, node[:cut], [node[cut:]], root)
    assert not merkle.inclusion_holds(1, 2, node[cut:], [node[:cut]], root)
    assert not merkle.consistency_holds(1, 2, node[:cut], root, [node[cut:]])
