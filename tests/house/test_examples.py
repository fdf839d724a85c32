"""README and docs hold what they promise."""

from pathlib import Path

import pytest
from sybil.example import SybilFailure

from tests.house.examples import run_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in (ROOT / "README.md", *ROOT.glob("docs/**/*.md")) if path.exists())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_page_runs_as_it_is_written(page, tmp_path, monkeypatch):
    """Every example of README and docs runs and prints what stands below it."""
    monkeypatch.chdir(tmp_path)
    run_page(page)


GOOD = """
```toml title="a.toml"
x = 1
```

```python
from pathlib import Path
print(Path("a.toml").read_text().strip())
print("more")
```

```output
x = 1
...
```

```python
>>> 1 + 1
2
```
"""


def test_page_shares_names_and_files_from_the_top_down(tmp_path, monkeypatch):
    """A titled block becomes a file that the Python below can read, and what it prints is compared."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(GOOD)
    assert run_page(tmp_path / "page.md") == 4


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("\n2\n", "\n3\n", SybilFailure),
        ("x = 1\n...", "x = 2\n...", SybilFailure),
        ('print("more")', "1 / 0", ZeroDivisionError),
    ],
)
def test_page_fails_when_an_example_is_wrong(old, new, error, tmp_path, monkeypatch):
    """A wrong result, a wrong output and an exception are each seen."""
    monkeypatch.chdir(tmp_path)
    assert old in GOOD
    (tmp_path / "page.md").write_text(GOOD.replace(old, new))
    with pytest.raises(error):
        run_page(tmp_path / "page.md")
