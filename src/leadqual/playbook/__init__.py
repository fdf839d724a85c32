"""Playbooks: the documents that carry a model and how files map to it."""

from leadqual.playbook.examples import Example, ExampleEvent, Expectation
from leadqual.playbook.load import load_playbook, loads
from leadqual.playbook.mapping import FileFormat
from leadqual.playbook.objectives import Objective
from leadqual.playbook.playbook import Playbook
from leadqual.playbook.registry import Registry
from leadqual.playbook.stories import Told, check_examples, run_example

__all__ = [
    "Example",
    "ExampleEvent",
    "Expectation",
    "FileFormat",
    "Objective",
    "Playbook",
    "Registry",
    "Told",
    "check_examples",
    "load_playbook",
    "loads",
    "run_example",
]
