"""The playbooks of README and docs are sound, and links lead somewhere."""

import re
from pathlib import Path

import pytest

import leadqual
from leadqual.playbook.shapes import BESIDE, MODEL, TOP, Keys, Listing, Named

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in (ROOT / "README.md", *ROOT.glob("docs/**/*.md")) if path.exists())
BLOCK = re.compile(r"^```toml[ \t]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#]+)")
BEGINNING = 'schema = 1\nname = "page"\nversion = "1"\n'


def documents(text: str) -> list[str]:
    """Return the playbooks of a page: a fragment goes on from the last whole one above it, or from an empty one."""
    whole, found = BEGINNING, []
    for block in BLOCK.findall(text):
        whole = block if block.startswith("schema = ") else whole
        found.append(block if block is whole else whole + block)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_playbooks_of_a_page_load_whole_and_in_parts(page):
    """Every TOML block without a title is a playbook, or a part that the last playbook above it can have."""
    for document in documents(page.read_text(encoding="utf-8")):
        leadqual.loads(document)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_of_a_page_lead_to_files_of_the_repository(page):
    """Every relative link of a page names a file that exists."""
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_reference_names_every_table_and_key_of_a_playbook():
    """What a playbook may hold stands in the reference or in the page on files."""
    text = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("playbook.md", "files.md"))
    assert not [key for key in sorted(_keys()) if not re.search(rf"\b{key}\b", text)]


def _keys():
    shapes = [*MODEL.values(), *BESIDE.values()]
    keys = {*TOP}
    while shapes:
        shape = shapes.pop()
        if isinstance(shape, Keys):
            keys |= {*shape.names, *shape.short}
            shapes += shape.nested.values()
        elif isinstance(shape, Listing | Named):
            shapes.append(shape.part)
    return keys
