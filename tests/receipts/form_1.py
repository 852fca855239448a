"""What was really written in form 1 (`first/README.md`)."""

from __future__ import annotations

import gzip
import tarfile
from functools import lru_cache
from pathlib import Path

from decision_procedure.keeping.receipts.forms import Dossier

FIRST = Path(__file__).parent / "first"
PUBLIC_KEY = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"


@lru_cache(maxsize=1)
def text_of_dossier() -> str:
    return gzip.decompress((FIRST / "dossier.json.gz").read_bytes()).decode("utf-8")


@lru_cache(maxsize=1)
def dossier_of_form_1() -> Dossier:
    return Dossier.from_json(text_of_dossier())


def bag_of_form_1(folder: Path) -> Path:
    """Unpack the bag into a folder; return where it lies."""
    with tarfile.open(FIRST / "bag.tar.gz") as packed:
        packed.extractall(folder, filter="data")
    return folder / "bag"
