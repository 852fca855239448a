"""What is kept of instrument files for the next start: never stale, and never another report."""

from __future__ import annotations

import json
import os
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from county_samples import COUNTY_RULES, STRICT, county_folder, county_record
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.law import applicable, loading
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.rules import ready

DAY = date(2024, 9, 30)
ELSEWHERE = (
    (COUNTY_RULES / STRICT)
    .read_text(encoding="utf-8")
    .replace("example-county", "far-county")
    .replace("999901", "610102")
    .replace("示例县", "远方县")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the instrument of the county of the record, and one of another."""
    found = county_folder(tmp_path)
    (found / "elsewhere.yaml").write_text(ELSEWHERE, encoding="utf-8")
    return found


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def record(tmp_path: Path) -> dp.Decision:
    return dp.load_decision(county_record(tmp_path))


@pytest.fixture
def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the instrument files that are read in a test, in their order."""
    found: list[str] = []
    read = loading._read

    def noted(source: Any) -> Any:
        found.append(Path(source.file).name)
        return read(source)

    monkeypatch.setattr(loading, "_read", noted)
    return found


def test_the_second_time_only_what_the_place_needs_is_read_and_the_report_is_the_same(
    folder: Path, kept: Path, record: dp.Decision, files_read: list[str]
) -> None:
    plain = dp.check(record, as_of=DAY, law=dp.load_law(folder)).to_json()
    first = dp.check(record, as_of=DAY, law=dp.load_law(folder, keep_in=kept)).to_json()
    files_read.clear()
    law = dp.load_law(folder, keep_in=kept)
    second = dp.check(record, as_of=DAY, law=law).to_json()

    assert plain == first == second
    assert STRICT in files_read
    assert "elsewhere.yaml" not in files_read
    assert law.duties.keys() == dp.load_law(folder).duties.keys()
    assert "elsewhere.yaml" in files_read


def test_a_law_that_was_kept_travels_to_other_processes_unread_and_says_the_same(
    folder: Path, kept: Path, record: dp.Decision, files_read: list[str]
) -> None:
    dp.load_law(folder, keep_in=kept)
    law = dp.load_law(folder, keep_in=kept)
    files_read.clear()
    sent = pickle.dumps(law)

    assert files_read == []
    arrived = pickle.loads(sent)  # noqa: S301
    assert (
        dp.check(record, as_of=DAY, law=arrived).to_json() == dp.check(record, as_of=DAY, law=law).to_json()
    )


def test_the_receipt_and_the_texts_of_a_law_that_was_kept_are_the_same(
    folder: Path, kept: Path, record: dp.Decision
) -> None:
    dp.load_law(folder, keep_in=kept)
    laws = dp.load_law(folder), dp.load_law(folder, keep_in=kept)

    assert [*laws[0].texts()] == [*laws[1].texts()]
    one, other = (dp.seal(dp.check(record, as_of=DAY, law=law), nonce="0" * 64) for law in laws)
    assert one.receipt.to_bytes() == other.receipt.to_bytes()


def _with_an_unknown_word(text: str) -> str:
    return text.replace("require: ", "require: nonsense and ", 1)


@pytest.mark.parametrize("file", [STRICT, "elsewhere.yaml"])
def test_a_fault_is_told_every_time_whatever_was_kept_and_wherever_the_record_is_from(
    file: str, folder: Path, kept: Path
) -> None:
    dp.load_law(folder, keep_in=kept)
    path = folder / file
    path.write_text(_with_an_unknown_word(path.read_text("utf-8")), encoding="utf-8")

    for _ in range(2):
        with pytest.raises(dp.BadPack) as error:
            dp.load_law(folder, keep_in=kept)
        assert {Path(fault.file).name for fault in error.value.faults} == {file}


def test_a_file_that_is_added_changed_or_taken_away_is_never_left_unseen(folder: Path, kept: Path) -> None:
    assert "far-county" in dp.load_law(folder, keep_in=kept).instruments
    path = folder / "elsewhere.yaml"
    path.write_text(ELSEWHERE.replace("远方县", "近处县"), encoding="utf-8")
    assert dp.load_law(folder, keep_in=kept).instruments["far-county"].title.zh.startswith("近处县")
    path.unlink()
    assert "far-county" not in dp.load_law(folder, keep_in=kept).instruments


def _cut_short(kept: Path) -> None:
    (file,) = kept.iterdir()
    file.write_bytes(file.read_bytes()[:-1])


def _changed(kept: Path) -> None:
    (file,) = kept.iterdir()
    file.write_bytes(file.read_bytes().replace(b"far-county", b"bad-county"))


def _open_to_others(kept: Path) -> None:
    kept.chmod(0o777)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files")
@pytest.mark.parametrize("spoil", [_cut_short, _changed, _open_to_others])
def test_what_is_not_whole_or_others_can_write_is_not_used(
    spoil: Any, folder: Path, kept: Path, files_read: list[str]
) -> None:
    dp.load_law(folder, keep_in=kept)
    spoil(kept)
    files_read.clear()

    law = dp.load_law(folder, keep_in=kept)

    assert {STRICT, "elsewhere.yaml"} <= {*files_read}
    assert "far-county" in law.instruments


def test_where_nothing_can_be_kept_the_law_is_loaded_all_the_same(folder: Path, kept: Path) -> None:
    kept.write_text("a file, not a folder", encoding="utf-8")

    assert "far-county" in dp.load_law(folder, keep_in=kept).instruments


def test_no_more_than_some_states_of_rules_are_kept(folder: Path, kept: Path) -> None:
    for number in range(10):
        (folder / "elsewhere.yaml").write_text(
            ELSEWHERE.replace("远方县", f"远方{number}县"), encoding="utf-8"
        )
        dp.load_law(folder, keep_in=kept)

    assert len([*kept.iterdir()]) == 8


def test_commands_keep_what_they_read_in_the_cache_of_the_user_and_say_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    record = str(county_record(tmp_path))
    command = ["check", record, "--rules", str(folder), "--as-of", "2024-09-30", "--format", "json"]

    found = [CliRunner().invoke(app, command).stdout for _ in range(2)]

    assert found[0] == found[1] != ""
    assert [*(tmp_path / "cache" / "decision-procedure").iterdir()]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Law:
    """The law that ships, as it is loaded where the package was built."""
    made = ready.written_law()
    monkeypatch.setattr(ready, "_built", lambda: made)
    return standard_law.__wrapped__()  # the one that other tests hold stays the same


def test_the_law_of_a_built_package_is_read_where_a_record_needs_it_and_says_the_same(
    built: Law, record: dp.Decision, files_read: list[str], clean: dict[str, Any]
) -> None:
    from_yaml = Law(
        applicable.load_packs((pack.as_written() or ("", "")) for pack in built.packs), built.register
    )
    files_read.clear()
    clean["body"]["code"] = "610102"
    far = dp.parse_decision(json.dumps(clean, ensure_ascii=False))

    assert dp.check(far, as_of=DAY, law=built).to_json() == dp.check(far, as_of=DAY, law=from_yaml).to_json()
    assert "cn-713.yaml" in files_read
    assert not any(name.startswith(("gd-", "zq-")) for name in files_read)
    assert built.duties.keys() == from_yaml.duties.keys()


def test_a_text_that_changed_since_the_package_was_built_is_read_anew(built: Law) -> None:
    (file, text), *_ = (pack.as_written() or ("", "") for pack in built.packs)

    assert ready.source_of(text, file) is not None
    assert ready.source_of(text + "\n", file) is None
