"""The names of the top level."""

import inspect

import pytest

import leadqual

FACE = ("load_playbook", "loads", "Lead", "Event", "ScoringModel", "Score", "LeadqualError", "ModelError", "EventError")
"""Names that others rely on."""


@pytest.mark.parametrize("name", sorted(leadqual.__all__))
def test_public_name_resolves_and_is_documented(name):
    """Everything in ``__all__`` exists, and a class or function says what it is for."""
    value = getattr(leadqual, name)
    if inspect.isclass(value) or callable(value):
        assert (inspect.getdoc(value) or "").strip()


@pytest.mark.parametrize("name", FACE)
def test_face_has_its_stable_names(name):
    """The names that users and plugins build on are public."""
    assert name in leadqual.__all__


def test_public_names_are_listed_once_and_shown_by_dir():
    """``dir`` shows the lazily loaded names too, so that completion works."""
    assert len(set(leadqual.__all__)) == len(leadqual.__all__)
    assert set(leadqual.__all__) <= set(dir(leadqual))


@pytest.mark.parametrize("name", ["no_such_name"])
def test_unknown_name_is_an_attribute_error(name):
    """A misspelt name fails as it does on any module."""
    with pytest.raises(AttributeError, match=name):
        getattr(leadqual, name)


def test_star_import_brings_exactly_the_public_names():
    """``from leadqual import *`` brings what ``__all__`` lists."""
    names: dict[str, object] = {}
    exec("from leadqual import *", names)
    assert set(names) - {"__builtins__"} == set(leadqual.__all__)


def test_version_is_that_of_the_project(root):
    """The package and its metadata name one version."""
    assert f'version = "{leadqual.__version__}"' in (root / "pyproject.toml").read_text(encoding="utf-8")
