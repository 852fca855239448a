"""OA 的回调：送来案卷或者草稿的键值，答以问题 A hook for an OA: it posts a record, and gets the findings."""

from datetime import date
from typing import Annotated, Any

from fastapi import Body, FastAPI
from fastapi.responses import JSONResponse

import decision_procedure as dp

app = FastAPI(title="重大行政决策程序核查")
LAW = dp.load_law()  # 读一次 read once


@app.post("/check")
def check(record: Annotated[dict[str, Any], Body()], as_of: date | None = None) -> dict[str, Any]:
    """核查送来的案卷 Check the record that is posted."""
    report = dp.check(dp.decision(record, LAW), as_of=as_of or date.today(), law=LAW)
    rows = [(f.grade, f.article.zh, f.sentence("zh")) for f in report.findings("in_doubt")]
    return {
        "worst": report.worst,
        "gate": report.gate("提交讨论").state,
        "findings": [dict(zip(("grade", "article", "text"), row, strict=True)) for row in rows],
    }


@app.exception_handler(dp.DecisionProcedureError)
def unusable(_: Any, error: dp.DecisionProcedureError) -> JSONResponse:
    """案卷不能读时逐处答复 Answer with every fault of a record that cannot be read."""
    faults = error.faults if isinstance(error, dp.UnusableInput) else ()
    told = [{"key": f.key, "zh": f.zh, "en": f.en} for f in faults]
    return JSONResponse(told or [{"key": "", "zh": str(error), "en": str(error)}], status_code=422)
