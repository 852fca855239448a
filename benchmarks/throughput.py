"""Records a second and memory for loading and checking, on generated records; import time as a ratio.

Run `python benchmarks/throughput.py [records]`. The records are the worked ones with other dates and names.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import decision_procedure as dp

INVENTED = Path(__file__).parent.parent / "examples" / "invented"
KINDS = {"clean": "示例县-全部合规", "defective": "示例县-多处不合规", "in progress": "示例县-办理中"}
DAY = date(2024, 9, 30)


def generated(name: str, number: int) -> list[str]:
    path = INVENTED / f"{KINDS[name]}.yaml"
    base = dp.load_decision(path).model_dump(mode="json", by_alias=True, exclude_none=True)
    return [
        json.dumps({**base, "title": f"{base['title']}{index}"}, ensure_ascii=False)
        for index in range(number)
    ]


def rate(work: Callable[[str], object], texts: list[str]) -> float:
    work(texts[0])
    start = time.perf_counter()
    for text in texts:
        work(text)
    return len(texts) / (time.perf_counter() - start)


def seconds_to(code: str) -> float:
    def once() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - start

    return min(once() for _ in range(5))


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for name in KINDS:
        texts = generated(name, number)
        load = rate(dp.parse_decision, texts)
        both = rate(lambda text: dp.check(dp.parse_decision(text), as_of=DAY), texts)
        size = len(texts[0].encode())
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{name}: {size} bytes; load {load:.0f}/s; load and check {both:.0f}/s; peak {memory} MB")
    empty = seconds_to("pass")
    base = seconds_to("from pydantic import BaseModel; import networkx, yaml") - empty
    ours = seconds_to("import decision_procedure") - empty
    print(f"import: {ours / base:.2f} times pydantic, networkx and yaml")


if __name__ == "__main__":
    main()
