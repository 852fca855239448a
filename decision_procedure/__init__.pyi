"""The public names, each declared here or in `api`: what type checkers read, and what loads them when they are first asked for."""

from decision_procedure.api import *
from decision_procedure.catalogues.importing import (
    ImportedCatalogue as ImportedCatalogue,
)
from decision_procedure.catalogues.reconciliation import (
    Discrepancy as Discrepancy,
    Reconciliation as Reconciliation,
    RowState as RowState,
)
from decision_procedure.assessing.bodies import (
    BodyScore as BodyScore,
)
from decision_procedure.assessing.indicators import (
    Indicators as Indicators,
)
from decision_procedure.assessing.standings import (
    Overview as Overview,
)
from decision_procedure.errors import (
    BadPack as BadPack,
    BrokenRun as BrokenRun,
    DecisionProcedureError as DecisionProcedureError,
    Fault as Fault,
    Unchecked as Unchecked,
    UnusableArgument as UnusableArgument,
    UnusableInput as UnusableInput,
)
from decision_procedure.forms import (
    Question as Question,
)
from decision_procedure.keeping.archive import (
    read_bag as read_bag,
)
from decision_procedure.keeping.ledger.merkle import (
    inclusion_holds as inclusion_holds,
)
from decision_procedure.keeping.ledger.store import (
    Ledger as Ledger,
)
from decision_procedure.keeping.receipts.ed25519 import (
    ed25519_signer as ed25519_signer,
    ed25519_verifier as ed25519_verifier,
)
from decision_procedure.keeping.receipts.signing import (
    signature_holds as signature_holds,
)
from decision_procedure.law.applicable import (
    Law as Law,
)
from decision_procedure.law.crosslint import (
    cross_faults as cross_faults,
)
from decision_procedure.model import (
    acts as acts,
)
from decision_procedure.model.catalogue import (
    Catalogue as Catalogue,
    load_catalogue as load_catalogue,
)
from decision_procedure.model.decision import (
    Body as Body,
    CatalogueEntry as CatalogueEntry,
    Completeness as Completeness,
    Decision as Decision,
    Document as Document,
    Draft as Draft,
    Person as Person,
    Post as Post,
    Unit as Unit,
)
from decision_procedure.planning.plan import (
    DatedStep as DatedStep,
    Plan as Plan,
)
from decision_procedure.planning.repair import (
    Repair as Repair,
)
from decision_procedure.results.findings import (
    Finding as Finding,
)
from decision_procedure.results.problems import (
    Problem as Problem,
)
from decision_procedure.results.report import (
    Report as Report,
    Verdict as Verdict,
)
from decision_procedure.results.severity import (
    Grade as Grade,
    Outcome as Outcome,
)
from decision_procedure.results.waiver_files import (
    Waiver as Waiver,
    load_waivers as load_waivers,
)

__version__: str
