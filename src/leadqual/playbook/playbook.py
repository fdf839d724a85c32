"""A playbook: one document that marketing and sales agree on."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from attrs import field, frozen

from leadqual.axis import container_problems, copied, listed
from leadqual.canonical import canonical_json, fingerprint, plain
from leadqual.errors import ModelError, Problem, UnknownName
from leadqual.hints import did_you_mean
from leadqual.languages import LANGUAGES, language_of
from leadqual.lifecycle.hours import BusinessHours
from leadqual.lifecycle.plan import LifecyclePlan, plan_lifecycle
from leadqual.lifecycle.values import Lifecycle, Recycle, Sla
from leadqual.nurture.caps import Caps
from leadqual.nurture.check import Nurturing, nurturing_problems
from leadqual.nurture.content import Content
from leadqual.nurture.deeds import event_scope
from leadqual.nurture.people import Need, Persona
from leadqual.nurture.scope import state_scope
from leadqual.nurture.sequences import Sequence
from leadqual.nurture.settings import Nurture
from leadqual.nurture.who import lead_scope
from leadqual.playbook.examplecheck import example_problems
from leadqual.playbook.examples import Example
from leadqual.playbook.mapping import FileFormat
from leadqual.playbook.objectives import Objective, by_name, composed, objective_problems
from leadqual.playbook.pricing import objective_models
from leadqual.playbook.shapes import SCHEMA
from leadqual.scoring.model import ScoringModel
from leadqual.texts import word_problem

_OUTSIDE: Final = ("columns", "files")
"""Tables whose texts are names and cells of files, which are compared as they are."""
_LONGEST_LABEL: Final = 200


def _slas(value: Any) -> Any:
    """Return a table of SLAs; one that is a text says its time."""
    if not isinstance(value, Mapping):
        return value
    return {name: Sla(within=part) if isinstance(part, str) else part for name, part in value.items()}


@frozen(kw_only=True)
class Playbook:
    """One document with one meaning.

    Attributes:
        name: What people call it.
        version: Its version, free text.
        model: How leads are scored.
        lifecycle: How a lead moves: its stages and the transitions between them.
        recycle: What becomes of a maybe.
        sla: Within which time somebody has to act, by the stage that a lead enters; ``hand_raise`` for a hand-raise.
        calendar: When business is open; the times of `sla` are counted in it.
        nurture: What holds for every sequence: whose clock, which windows, by which permission, at what effort.
        caps: How often a lead may be touched.
        personas: The types of person that content is written for.
        needs: What leads may want to get done, by name.
        content: What can be offered to a lead, by name.
        sequences: Ordered steps that lead somebody from one piece of content to the next, by name.
        objectives: Goals or buyers under which the same lead is priced differently, by name.
        examples: Little stories with the scores that they should have; ``leadqual check`` tells them.
        labels: By language, how people call what the document names: attributes, kinds, groups, values.
        columns: For ``leads`` and ``events``, our names with the file's.
        files: For ``leads`` and ``events``, how the file is written.
        models: The complete model of each objective.
        plan: The lifecycle with all that belongs to it, ready to be run.

    Raises:
        ModelError: With every problem, if the lifecycle, objectives, examples or labels are wrong.
    """

    name: str
    version: str
    model: ScoringModel
    lifecycle: Lifecycle = field(factory=Lifecycle)
    recycle: Recycle = field(factory=Recycle)
    sla: Mapping[str, Sla] = field(factory=dict, converter=_slas, hash=False)
    calendar: BusinessHours = field(factory=BusinessHours)
    nurture: Nurture = field(factory=Nurture)
    caps: Caps = field(factory=Caps)
    personas: tuple[Persona, ...] = field(default=(), converter=listed)
    needs: Mapping[str, Need] = field(factory=dict, converter=copied, hash=False)
    content: Mapping[str, Content] = field(factory=dict, converter=copied, hash=False)
    sequences: Mapping[str, Sequence] = field(factory=dict, converter=copied, hash=False)
    objectives: Mapping[str, Objective] = field(factory=dict, converter=by_name, hash=False)
    examples: tuple[Example, ...] = field(default=(), converter=listed)
    labels: Mapping[str, Mapping[str, str]] = field(factory=dict, converter=copied, hash=False)
    columns: Mapping[str, Mapping[str, str]] = field(factory=dict, hash=False)
    files: Mapping[str, FileFormat] = field(factory=dict, hash=False)
    models: Mapping[str, ScoringModel] = field(init=False, eq=False, repr=False)
    plan: LifecyclePlan = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        parts = (
            ("model", self.model, ScoringModel),
            ("lifecycle", self.lifecycle, Lifecycle),
            ("recycle", self.recycle, Recycle),
            ("sla", self.sla, dict),
            ("calendar", self.calendar, BusinessHours),
            ("nurture", self.nurture, Nurture),
            ("caps", self.caps, Caps),
            ("personas", self.personas, tuple),
            ("needs", self.needs, dict),
            ("content", self.content, dict),
            ("sequences", self.sequences, dict),
            ("objectives", self.objectives, dict),
            ("examples", self.examples, tuple),
            ("labels", self.labels, dict),
        )
        problems = list(container_problems(parts))
        models: dict[str, ScoringModel] = {}
        plan = None
        if not problems:
            wrong: list[Problem] = []
            plan = plan_lifecycle(
                lifecycle=self.lifecycle,
                recycle=self.recycle,
                sla=self.sla,
                calendar=self.calendar,
                model=self.model,
                problems=wrong,
            )
            wrong += self._nurturing_problems(plan)
            problems += objective_problems(self.objectives, self.model.fit, self.model.interest)
            if not problems:
                models = objective_models(self.model, self.objectives, problems)
            problems += example_problems(self.examples, self.model, self.objectives)
            problems += [*wrong, *label_problems(self.labels)]
        if problems:
            raise ModelError(problems)
        object.__setattr__(self, "models", models)
        object.__setattr__(self, "plan", plan)

    def _nurturing_problems(self, plan: LifecyclePlan | None) -> Iterator[Problem]:
        """Yield what is wrong with nurturing, if there is any."""
        if not (self.personas or self.needs or self.content or self.sequences or self.nurture != Nurture()):
            return
        table = Nurturing(
            nurture=self.nurture,
            personas=self.personas,
            needs=self.needs,
            content=self.content,
            sequences=self.sequences,
            recycle=self.recycle,
            stages=None if plan is None else plan.stages,
            of_state=state_scope(self.model, self.personas, self.needs),
            of_lead=lead_scope(self.model),
            of_event=event_scope(self.model),
        )
        yield from nurturing_problems(table)

    def model_for(self, objective: str | None = None) -> ScoringModel:
        """Return the model of an objective.

        Args:
            objective: Its name; the playbook's own model when absent.

        Raises:
            UnknownName: If the playbook has no such objective.
        """
        if objective is None:
            return self.model
        name = composed(objective)
        if not isinstance(name, str) or name not in self.models:
            hint = did_you_mean(objective, self.models) or "The playbook has no objectives."
            raise UnknownName([Problem(where="objective", what="unknown objective", got=objective, hint=hint)])
        return self.models[name]

    def to_plain(self) -> dict[str, Any]:
        """Return the tables of the document; defaults are left out."""
        own = {"schema": SCHEMA, "name": self.name, "version": self.version}
        beside = {
            "lifecycle": plain(self.lifecycle),
            "recycle": plain(self.recycle),
            "sla": plain(self.sla),
            "calendar": plain(self.calendar),
            "nurture": plain(self.nurture),
            "caps": plain(self.caps),
            "personas": plain(self.personas),
            "needs": plain(self.needs),
            "content": plain(self.content),
            "sequences": plain(self.sequences),
            "objectives": plain(self.objectives),
            "examples": plain(self.examples),
            "labels": plain(self.labels),
            "columns": plain(self.columns),
            "files": plain(self.files),
        }
        model = plain(self.model)
        tables = {**own, **(model if isinstance(model, dict) else {}), **beside}
        return {key: part for key, part in tables.items() if part not in ({}, [])}

    def to_json(self) -> str:
        """Return the document as canonical JSON: keys sorted, no spaces, numbers in their shortest form.

        Returns:
            Text that `loads` reads back to the same playbook, with the same fingerprint.
        """
        return canonical_json(self.to_plain(), as_is=_OUTSIDE)

    def to_toml(self) -> str:
        """Return the document as TOML, as a careful person would write it; comments are not kept.

        Returns:
            Text that `loads` reads back to the same playbook, with the same fingerprint.
        """
        from leadqual.playbook.dump import to_toml

        return to_toml(self)

    def describe(self, language: str = "en") -> str:
        """Return the whole playbook in plain sentences, for those who agree on it.

        Args:
            language: ``"en"`` or ``"es"``.

        Returns:
            Plain text that is also Markdown.

        Raises:
            UnknownName: If leadqual does not speak the language.
        """
        from leadqual.playbook.describe import describe

        return describe(self, language=language_of(language))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return fingerprint(self.to_plain(), as_is=_OUTSIDE)


def label_problems(labels: Mapping[str, object]) -> Iterator[Problem]:
    """Yield what is wrong with labels.

    Args:
        labels: By language, words by name.
    """
    for language, words in labels.items():
        where = f"labels.{language}"
        if language not in LANGUAGES:
            hint = did_you_mean(language, LANGUAGES)
            yield Problem(where=where, what="the language is not known", got=language, hint=hint)
        if not isinstance(words, Mapping):
            hint = 'Write name = "how people call it".'
            yield Problem(where=where, what="a table was expected", got=words, hint=hint)
            continue
        for name, word in words.items():
            yield from word_problem(word, f"{where}.{name}")
            if isinstance(word, str) and len(word) > _LONGEST_LABEL:
                hint = f"Write at most {_LONGEST_LABEL} characters."
                yield Problem(where=f"{where}.{name}", what="the label is too long", got=word, hint=hint)
