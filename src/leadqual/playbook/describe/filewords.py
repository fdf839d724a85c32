"""Where the data stand in files, in plain words."""

from collections.abc import Iterator, Mapping

from leadqual.conditions.words import Words
from leadqual.playbook.describe.say import bullets, capital, heading, say
from leadqual.playbook.mapping import FileFormat


def file_blocks(
    columns: Mapping[str, Mapping[str, str]], files: Mapping[str, FileFormat], words: Words
) -> Iterator[str]:
    """Yield the paragraphs on files; none if the playbook says nothing about them."""
    tables = ("leads", "events", "verdicts")
    found = {name: [*_columns(name, columns, words), *_notations(files.get(name), words)] for name in tables}
    if any(found.values()):
        yield heading(say(words, "files"))
    for name, lines in found.items():
        if lines:
            yield f"{say(words, f'file {name}')}\n\n{bullets(f'{capital(line)}.' for line in lines)}"


def _columns(name: str, columns: Mapping[str, Mapping[str, str]], words: Words) -> Iterator[str]:
    for ours, theirs in columns.get(name, {}).items():
        called = say(words, "kind of act") if (name, ours) == ("events", "kind") else words.name(ours)
        yield say(words, "column", name=words.the(called), column=words.quoted(theirs))


def _notations(form: FileFormat | None, words: Words) -> Iterator[str]:
    """Yield how cells are written, where that is said."""
    if form is None:
        return
    said = {
        "zone": form.zone,
        "dates": form.dates,
        "decimal": form.decimal,
        "delimiter": form.delimiter,
        "encoding": form.encoding,
    }
    if form.unit is not None:
        yield say(words, "file unit", value=say(words, f"unit {form.unit}"))
    for key, value in said.items():
        if value is not None:
            yield say(words, f"file {key}", value=words.quoted(value))
    if form.missing:
        yield say(words, "file missing", value=words.joined([words.quoted(word) for word in form.missing], "and"))
    if form.bare_dates is not None:
        yield say(words, "file bare dates")
