"""Extensions: named by their kind in a document, found in a registry that is passed."""

from decimal import Decimal
from typing import ClassVar

import pytest
from attrs import frozen

from leadqual.conditions import field
from leadqual.errors import ModelError
from leadqual.fit import Band, Criterion, Table
from leadqual.interest import InterestRule
from leadqual.lead import Lead
from leadqual.playbook import Registry, loads
from tests.core.support import downloads, scored

HEAD = 'schema = 1\nname = "x"\nversion = "1"\n[attributes]\nemployees = "integer"\n'


@frozen(kw_only=True)
class CompanySize:
    """What a vendor writes: a fit scorer that lowers to a criterion and a table."""

    kind: ClassVar[str] = "acme/company-size"
    low: int
    points: Decimal = Decimal(5)

    def lower(self):
        bands = [Band(points=0, below=1000), Band(points=1)]
        when = field("employees").ge(self.low)
        return [Criterion(when=when, points=self.points), Table(field="employees", bands=bands)]


@frozen(kw_only=True)
class Streak:
    """An interest scorer."""

    kind: ClassVar[str] = "acme/streak"
    event: str

    def lower(self):
        return (InterestRule(event=self.event, points=3),)


REGISTRY = Registry().with_scorer(CompanySize).with_scorer(Streak, axis="interest")
TEXT = HEAD + (
    '[[fit.scorers]]\nkind = "acme/company-size"\nlow = 50\npoints = 2.5\n'
    '[[interest.scorers]]\nkind = "acme/streak"\nevent = "download"\n'
)


def _refused(text, registry=REGISTRY):
    with pytest.raises(ModelError) as caught:
        loads(HEAD + text, registry=registry)
    return [f"{problem.where}: {problem.what}" for problem in caught.value.problems]


def test_scorers_are_named_in_documents():
    """A document names a scorer by its kind; it counts like criteria and rules of its own."""
    model = loads(TEXT, registry=REGISTRY).model
    score = scored(model, downloads(0, 0), of=Lead(id="L1", attributes={"employees": 1000}))
    assert (score.fit, score.interest) == (Decimal("3.5"), 6)


def test_scorers_are_saved_with_their_kind():
    """The canonical document names the scorer again and reads back to an equal playbook."""
    playbook = loads(TEXT, registry=REGISTRY)
    assert '"scorers":[{"kind":"acme/company-size","low":50,"points":2.5}]' in playbook.to_json()
    assert loads(playbook.to_json(), registry=REGISTRY) == playbook


def test_registry_knows_kinds_by_axis():
    """A fit scorer does not serve interest; a registry is a value that grows by copies."""
    assert (REGISTRY.kinds("fit"), REGISTRY.kinds("interest")) == (("acme/company-size",), ("acme/streak",))
    assert Registry().kinds("fit") == ()
    assert REGISTRY.scorer("fit", "acme/company-size") is CompanySize


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('[[fit.scorers]]\nkind = "acme/companysize"\n', ["fit.scorers[0].kind: no such scorer is installed"]),
        ('[[fit.scorers]]\nkind = "acme/streak"\n', ["fit.scorers[0].kind: no such scorer is installed"]),
        ("[[fit.scorers]]\nkind = 3\n", ["fit.scorers[0].kind: no such scorer is installed"]),
        ("[[fit.scorers]]\n", ["fit.scorers[0].kind: no such scorer is installed"]),
        ('[[fit.scorers]]\nkind = "acme/company-size"\nlow = 1\nlaw = 2\nkimd = 1\n', [
            "fit.scorers[0].law: unknown key",
            "fit.scorers[0].kimd: unknown key",
        ]),
        ('[[fit.scorers]]\nkind = "acme/company-size"\n', ["fit.scorers[0]: the scorer cannot be built: TypeError"]),
        ('[[fit.scorers]]\nkind = "acme/company-size"\nlow = "x"\n', [
            "fit.scorers[0].lower()[0].when.value: a whole number was expected",
        ]),
        ('[[interest.scorers]]\nkind = "acme/streak"\nevent = ""\n', [
            "interest.scorers[0].lower()[0].event: a text was expected",
        ]),
    ],
)  # fmt: skip
def test_wrong_scorers_are_refused_with_their_path(text, lines):
    """An unknown kind, a wrong key, a missing one and what a scorer lowers to are problems of the document."""
    assert _refused(text) == lines


def _no_such_module():
    raise ImportError("the package is half installed")


@pytest.mark.parametrize("loader", [_no_such_module, lambda: int, lambda: None])
def test_extensions_that_cannot_be_loaded_are_problems_of_the_document(loader):
    """A package that fails to import, or registers what is no attrs class, does not break the loader."""
    registry = Registry(loaders={("fit", "acme/x"): loader})
    (line,) = _refused('[[fit.scorers]]\nkind = "acme/x"\n', registry)
    assert line.startswith("fit.scorers[0]")


def test_unknown_kinds_suggest_an_installed_one():
    """A slip in the kind is recognised; without registry nothing is installed."""
    with pytest.raises(ModelError, match="Did you mean `acme/company-size`"):
        loads(TEXT.replace("company-size", "companysize"), registry=REGISTRY)
    with pytest.raises(ModelError, match="Install the package"):
        loads(TEXT, registry=Registry())


def test_installed_extensions_are_found_by_their_entry_points(tmp_path, monkeypatch):
    """What a package registers under our groups is found by its name and imported when a document names it."""
    (tmp_path / "acme_lq_plugin.py").write_text(
        "from attrs import frozen\n"
        "@frozen(kw_only=True)\n"
        "class Nothing:\n"
        "    kind = 'acme/nothing'\n"
        "    def lower(self):\n"
        "        return ()\n",
        encoding="utf-8",
    )
    folder = tmp_path / "acme_lq_plugin-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-lq-plugin\nVersion: 1\n", encoding="utf-8")
    entry = "[leadqual.{}_scorers]\nacme/nothing = acme_lq_plugin:Nothing\n"
    (folder / "entry_points.txt").write_text(entry.format("fit") + entry.format("interest"), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    registry = Registry.installed()
    assert "acme/nothing" in registry.kinds("fit")
    assert "acme/nothing" in registry.kinds("interest")
    playbook = loads(HEAD + '[[fit.scorers]]\nkind = "acme/nothing"\n')
    assert [scorer.kind for scorer in playbook.model.fit.scorers] == ["acme/nothing"]


def test_scorers_are_added_to_a_copy():
    """A registry grows by copies, and gives each scorer back by its axis and kind."""
    one = Registry().with_scorer(CompanySize)
    both = one.with_scorer(Streak, axis="interest")
    assert (one.kinds("fit"), one.kinds("interest")) == (("acme/company-size",), ())
    assert (both.kinds("fit"), both.kinds("interest")) == (("acme/company-size",), ("acme/streak",))
    assert both.scorer("fit", "acme/company-size") is CompanySize
    assert both.scorer("interest", "acme/streak") is Streak
