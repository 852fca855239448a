"""What the public functions do, room by room: each name that is imported here is public."""

from decision_procedure.api.asking import (
    answer as answer,
    answered as answered,
    compare_plans as compare_plans,
    counted_days as counted_days,
    deadlines as deadlines,
    faults_since as faults_since,
    holidays as holidays,
    letters as letters,
    plan as plan,
    plan_picture as plan_picture,
    questions as questions,
    repair as repair,
    slips as slips,
    what_if as what_if,
)
from decision_procedure.api.assessing import (
    assess as assess,
    load_indicators as load_indicators,
    overview as overview,
)
from decision_procedure.api.catalogues import (
    advise as advise,
    check_catalogue as check_catalogue,
    import_catalogue as import_catalogue,
    reconcile as reconcile,
)
from decision_procedure.api.changing import (
    impact as impact,
    impact_since as impact_since,
    law_changes as law_changes,
    revised_law as revised_law,
)
from decision_procedure.api.checking import (
    check as check,
    check_many as check_many,
    procedure as procedure,
    step_states as step_states,
    submitted as submitted,
)
from decision_procedure.api.given import (
    attach as attach,
    load_law as load_law,
)
from decision_procedure.api.papers import (
    as_excel as as_excel,
    as_format as as_format,
    as_html as as_html,
    as_pdf as as_pdf,
    as_review_sheet as as_review_sheet,
    as_text as as_text,
    as_word as as_word,
    diagram as diagram,
    to_frame as to_frame,
    trail as trail,
)
from decision_procedure.api.proof import (
    archive as archive,
    mask as mask,
    replay as replay,
    seal as seal,
)
from decision_procedure.api.records import (
    decision as decision,
    form as form,
    load_decision as load_decision,
    load_decisions as load_decisions,
    load_ocel as load_ocel,
    load_tables as load_tables,
    moment as moment,
    parse_decision as parse_decision,
    record_schema as record_schema,
    save as save,
    skeleton as skeleton,
    steps as steps,
)
