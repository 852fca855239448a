"""Office files that come out the same to the byte: no clock in the archive or in the properties."""

from __future__ import annotations

import io
import re
import zipfile

_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def packed(data: bytes, day: str) -> bytes:
    """Return an Office archive with every date of the archive fixed, created and modified on `day` (ISO)."""
    result = io.BytesIO()
    moment = rb"\g<1>" + f"{day}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "docProps/core.xml":
                content = _MOMENT.sub(moment, content)
            entry = zipfile.ZipInfo(item.filename, _FIRST_DAY)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            target.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)
    return result.getvalue()
