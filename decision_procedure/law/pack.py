"""One instrument of law as data: its head, steps, order, duties, liability, and what it leaves unmodelled."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from decision_procedure.law.head import Head, InstrumentId, LawKind, Level, Mark
from decision_procedure.law.said import Article, Line, PackPart, Said
from decision_procedure.model.declarations import (
    Declarations,
    Declared,
    DeclaredField,
    DeclaredKind,
    DeclaredRole,
    DeclaredTrait,
    Name,
)
from decision_procedure.model.vocabulary import Involved

Force = Literal["must", "must_not", "general", "may", "principle"]
Effect = Literal["gate", "duty", "practice"]
Bearer = Annotated[str, StringConstraints(min_length=1, max_length=102)]
"""Who bears a duty: one whom every procedure knows, or a role that an instrument declares (`<pack>:<name>`)."""
Local = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._\-]{0,100}$")]
DutyId = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9\-]{1,40}\.[A-Za-z0-9][A-Za-z0-9._\-]{0,100}$")
]
StepId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,40}$")]


class Step(PackPart):
    """A node of the procedure graph.

    `kinds` are the acts that perform it. `at` names the date inside the act when the step is a moment of it.
    `shown_by` are kinds of act that could not have happened without it. `required_by` are the duties that
    make the step required; empty: the step is optional. `group` puts steps in one box. `involves` says who takes
    part, or is turned to, beside the one who bears it (None: nobody whom the text names).
    """

    id: StepId
    name: Said
    kinds: tuple[str, ...]
    at: str | None = None
    shown_by: tuple[str, ...] = ()
    required_by: tuple[Local, ...] = ()
    phase: StepId
    group: StepId | None = None
    bearer: Bearer
    involves: Involved | None = None


class Unchanged(PackPart):
    """A change of a condition that changes no verdict, and why; `change` is its name in `rules mutate`."""

    change: Line
    why: Said


class Examples(PackPart):
    """Small records, each listed under what the duty comes to on it (`ruletests.snippets` reads them).

    Each is laid over `given`. `ok` is satisfied, `fail` violated or for a person to judge, `unknown` undetermined. `none` says why a
    list is empty; `unchanged` names changes of the conditions that change no verdict.
    """

    given: dict[str, Any] = {}
    ok: tuple[dict[str, Any], ...] = ()
    fail: tuple[dict[str, Any], ...] = ()
    unknown: tuple[dict[str, Any], ...] = ()
    not_applicable: tuple[dict[str, Any], ...] = ()
    pending: tuple[dict[str, Any], ...] = ()
    none: dict[Literal["fail", "unknown", "not_applicable", "pending"], Said] = {}
    unchanged: tuple[Unchanged, ...] = ()


class Edge(PackPart):
    """One step before another, as an article says or implies.

    `time_word` is the word of the text that puts them in time, `rest_word` the one by which the later rests on the
    earlier; without either a breach is for a person to judge.
    `tested_by` names the duty that tests the order; otherwise the order is tested on each later act,
    by `require` (with `when`) where the two steps are moments of one act.
    """

    before: StepId
    after: StepId
    article: Article
    strength: Literal["stated", "implied"]
    time_word: Line | None = None
    rest_word: Line | None = None
    tested_by: Local | None = None
    bearer: Bearer = "CU"
    when: Line | None = None
    require: Line | None = None
    examples: Examples = Examples.model_construct()


class Param(PackPart):
    """A number of the text, with its unit. No number goes without a mark."""

    value: Annotated[int, Field(strict=True, ge=1)]
    unit: Literal["日", "工作日", "人", "项", "份", "年"]
    mark: Mark


class Cure(PackPart):
    """What can be done about a breach while the matter is being prepared, and from each later stage on.

    A stage that is None goes by the one before it. A `redo` of a step that had to come before the decision, or the
    issue, need not say that it is too late afterwards: `checking.compiled` does.
    """

    kind: Literal["supplement", "redo"]
    zh: Line
    en: Line
    submitted: Said | None = None
    decided: Said | None = None
    issued: Said | None = None


class Adapted(Said):
    """What a duty asks of bodies bound by reference; None: the same condition as of others."""

    when: Line | None = None
    require: Line | None = None


class Deadline(PackPart):
    """A numbered time limit: so many of the parameter's unit after a step, the duty is due."""

    after: StepId
    param: Line


class Attention(PackPart):
    """From when on a person should look at how long a duty to act promptly took: ours, never the law's.

    One of `days`, `workdays` and `until` is given: so many after, or that day (`06-30`) of the year after. It
    counts from the end of the acts of a kind (`from` in the file), or, with a dot, from a date inside them.
    """

    days: Annotated[int, Field(strict=True, ge=1)] | None = None
    workdays: Annotated[int, Field(strict=True, ge=1)] | None = None
    until: Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{2}$")] | None = None
    counts_from: Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)?$")] = Field(alias="from")

    @property
    def kind(self) -> str:
        """The kind of act that it counts from."""
        return self.counts_from.partition(".")[0]

    @property
    def field(self) -> str:
        """The date of that act: its end (`done`), or one inside it."""
        return self.counts_from.partition(".")[2] or "done"


class Before(PackPart):
    """By when a duty on the whole decision must have been met: what ended later came too late.

    `strict` is the step before which the text puts it by a word of time, or that rests on it: met only by what
    ended before it. `implied` is the step before which the order is only implied: what ended after that, but
    before the strict one, is for a person to judge (`semantics.md` section 2).
    """

    strict: StepId
    implied: StepId | None = None


class Duty(PackPart):
    """One checkable sentence of an instrument; `semantics.md` section 2 says what its verdicts mean.

    `per` is `decision` or the kinds of act tested. `announced`: what it asks shows in the notice already, so
    that it is tested on acts that were only announced as well; such a test is met or stays open, since what was
    announced may still be moved. `promptly_after` names the step after which the text says
    only "promptly": delay is then never a breach by itself; `attention` says from when on a person should look
    at it; `deadline` is a time limit with a number. `at_once`: what it asks must be there from the start, so that it
    is due wherever it applies.
    `reason_demanded_by` names the duty of the same text that demands a stated reason for departing from a
    general rule. `presents` names the steps whose outcome a head of the package holds. `before` says by when a duty on the whole decision must have been met. `presupposes`: a matter
    whose last decision rejects owes nothing of it, one that was deferred not yet. `requires_step` is the step that the duty demands be done at all, whichever instrument declares
    it: a gate stands on one step and demands another. `mark` may be left out only where the text of the
    instrument itself was read (`V`). `fault` says what is wrong where `require` is false, in one sentence with slots
    that the evidence fills (`law.faults`); None: the forms of `words.yaml` say it.

    How it stands to duties of other instruments, by full identifier: `same_as` says the same, one finding
    with two citations; `adds_to` puts a stricter number on top of it; `displaces` replaces it wherever both
    are in force and apply; `yields_to` is replaced by it in the same way; `succeeds` is the same duty of an
    older instrument, for acts without a date. `adapted` is what it asks of bodies bound by reference.
    """

    id: Local
    article: Article
    step: StepId
    per: tuple[str, ...] | Literal["decision"]
    announced: bool = False
    bearer: Bearer
    force: Force
    effect: Effect = "duty"
    closes: StepId | None = None
    when: Line | None = None
    require: Line
    judge: Line | None = None
    judgement: Said | None = None
    promptly_after: StepId | None = None
    attention: Attention | None = None
    deadline: Deadline | None = None
    before: Before | None = None
    presupposes: Literal["adoption"] | None = None
    at_once: bool = False
    requires_step: StepId | None = None
    presents: tuple[StepId, ...] = ()
    reason_demanded_by: Local | None = None
    evidence: tuple[str, ...] = ()
    not_tested: Said | None = None
    text: Said
    fault: Said | None = None
    cure: Cure
    mark: Mark = "V"
    params: dict[str, Param] = {}
    adapted: Adapted | None = None
    same_as: tuple[DutyId, ...] = ()
    adds_to: tuple[DutyId, ...] = ()
    displaces: tuple[DutyId, ...] = ()
    yields_to: tuple[DutyId, ...] = ()
    succeeds: tuple[DutyId, ...] = ()
    examples: Examples = Examples.model_construct()


class Liability(PackPart):
    """One provision on responsibility: whose breach it follows, and which posts it names.

    `duties` are those whose breach it speaks of; empty: all that its bearers owe under the instrument.
    `examines` names the gates behind which the deciding body comes under it, where its discussion or decision
    rests on what was done there.
    """

    id: Local
    article: Article
    ground: Literal["breach", "outcome", "dissent"]
    bearers: tuple[Bearer, ...]
    capacities: tuple[Literal["chief", "leader", "staff"], ...]
    duties: tuple[Local, ...] = ()
    examines: tuple[Local, ...] = ()
    text: Said

    def speaks_of(self, duty: str) -> bool:
        """Say whether it speaks of the breach of a duty of one of its bearers, named within the instrument."""
        return not self.duties or duty in self.duties


class Scope(PackPart):
    """Which matters the instrument covers: conditions on the decision that bring it in or leave it out.

    `excluded` names the classes that the text leaves out wherever they occur, `excluded_locally` what a local
    instrument leaves out besides. `belongs` says of a special procedure, or of one for a kind of document, whether
    the matter is of that kind: where it is not, the instrument does not cover it, and where the record does not
    say, its duties stay untested. `leaves_open` names the higher instruments whose own scope is a question for a
    person where the local exclusion holds.
    """

    article: Article
    included: Line
    excluded: Line
    excluded_locally: Line | None = None
    belongs: Line | None = None
    leaves_open: tuple[InstrumentId, ...] = ()
    text: Said


class Binding(PackPart):
    """How the instrument binds the deciding body: conditions on the decision, each None where it never holds.

    The first that holds decides, in the order `not_bound`, `direct`, `reference`, `internal`; where none
    does, it is uncertain whether the body is bound. `internal` is for policy documents of the State Council
    and the Party.
    """

    article: Article
    direct: Line | None = None
    reference: Line | None = None
    internal: Line | None = None
    not_bound: Line | None = None
    note: Said | None = None


class Allowance(PackPart):
    """Where the text lets other instruments, of these kinds and levels, go another way than its own.

    `for` is what it lets them settle: the whole `procedure`, `hearings`, which matters it covers (`scope`); or
    `yielding`: older or internal documents of such a kind may give way to it where both say the same; `counting`: how a number of
    this article is counted, the number and its force being the same.
    """

    article: Article
    of: Literal["procedure", "hearings", "scope", "yielding", "counting"] = Field(alias="for")
    kinds: Annotated[tuple[LawKind, ...], Field(min_length=1)]
    levels: tuple[Level, ...] = ("national", "province", "city", "county")
    why: Said


class Repeat(PackPart):
    """An article that says what duties of other instruments say already: a second citation, never a second finding.

    `id` is its own identifier among the duties of its instrument, `of` names the duties, by full identifier.
    """

    id: Local
    article: Article
    of: Annotated[tuple[DutyId, ...], Field(min_length=1)]


class Unmodelled(PackPart):
    """An article without a duty, and why. `seen` false: its text was not seen."""

    article: Article
    seen: bool = True
    why: Said


class Superseded(PackPart):
    """What became of duties of the instrument that this one succeeds, where no duty here is the same.

    `article` is where this instrument speaks of it; `seen` false: its text was not seen, and whether they go on
    is unknown.
    """

    duties: Annotated[tuple[DutyId, ...], Field(min_length=1)]
    article: Article
    seen: bool = True
    why: Said


class PackFile(PackPart):
    """The whole file of one instrument. `allows_other`: where its text lets other law go another way.

    `kinds`, `fields`, `documents`, `traits` and `roles` declare what records of its place may hold beside what ships
    (`model.declarations`); `phases` are the names of phases of its own.
    """

    schema_: Literal[1] = Field(alias="schema")
    head: Head
    scope: Scope
    binding: Binding
    kinds: dict[Name, DeclaredKind] = {}
    fields: dict[Name, dict[Name, DeclaredField]] = {}
    documents: dict[Name, Declared] = {}
    traits: dict[Name, DeclaredTrait] = {}
    roles: dict[Name, DeclaredRole] = {}
    phases: dict[StepId, Said] = {}
    steps: tuple[Step, ...] = ()
    order: tuple[Edge, ...] = ()
    duties: tuple[Duty, ...] = ()
    liability: tuple[Liability, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    unmodelled: tuple[Unmodelled, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    allows_other: tuple[Allowance, ...] = ()

    @cached_property
    def declared(self) -> Declarations:
        """What it declares beside what ships."""
        return Declarations.model_construct(
            pack=self.head.id,
            kinds=self.kinds,
            fields=self.fields,
            documents=self.documents,
            traits=self.traits,
            roles=self.roles,
        )
