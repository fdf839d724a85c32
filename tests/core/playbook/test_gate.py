"""The gate before the parser: what a document may cost."""

import pytest

from leadqual.errors import ModelError
from leadqual.playbook.gate import MOST_BYTES, decoded, pass_gate


def _refused(call, *given):
    with pytest.raises(ModelError) as caught:
        call(*given)
    (problem,) = caught.value.problems
    return f"{problem.what} (got {problem.got})"


def test_documents_are_text_or_utf8():
    """Bytes are UTF-8, with or without a byte order mark; text is text."""
    assert decoded("é") == decoded("é".encode()) == decoded(b"\xef\xbb\xbf" + "é".encode()) == "é"


@pytest.mark.parametrize(("document", "got"), [(None, "NoneType"), ([1], "list"), (bytearray(b""), "bytearray")])
def test_what_is_no_document_is_refused(document, got):
    """A path, a file or a table is no document."""
    assert _refused(decoded, document) == f"text or bytes were expected (got {got})"


@pytest.mark.parametrize(("document", "at"), [(b"ab\xff", 2), ("a\ud800", 1), ("a".encode("utf-16"), 0)])
def test_other_encodings_are_refused_with_the_place(document, at):
    """What is no UTF-8 cannot be read, nor can half of a surrogate pair."""
    assert _refused(decoded, document) == f"text in UTF-8 was expected (got something else at position {at})"


def test_documents_have_at_most_two_mebibytes():
    """The bytes count, not the characters; the bound itself is in."""
    assert len(decoded(b" " * MOST_BYTES)) == MOST_BYTES
    assert "2,097,153" in _refused(decoded, b" " * (MOST_BYTES + 1))
    assert "2,097,154" in _refused(decoded, "é" * (MOST_BYTES // 2 + 1))


@pytest.mark.parametrize("written", ["toml", "json"])
def test_documents_have_at_most_200_000_values(written):
    """Values are counted before they are read."""
    pass_gate("[" + "1," * 199_999, written)
    assert "at most 200,000 values (got about 200,001)" in _refused(pass_gate, "[" + "1," * 200_000, written)


@pytest.mark.parametrize("part", ["{}", "[]"])
@pytest.mark.parametrize("written", ["toml", "json"])
def test_tables_and_lists_are_values_too(part, written):
    """Whatever opens a bracket costs something."""
    pass_gate(f"{part}," * 100_000, written)
    assert "(got about 200,002)" in _refused(pass_gate, f"{part}," * 100_001, written)


def test_documents_are_nested_at_most_32_deep():
    """Depth is counted by brackets outside of texts and comments, with the line where it is too much."""
    pass_gate("[" * 32 + "]" * 32 + "{" * 32, "json")
    assert _refused(pass_gate, "\n\n" + "[" * 33, "json").endswith("(got more, at line 3)")
    pass_gate('"' + "[" * 99 + '"', "json")
    pass_gate("# " + "[" * 99, "toml")
    assert "every bracket that closes was opened before" in _refused(pass_gate, "[]]", "json")


def test_keys_have_at_most_16_dotted_parts():
    """A dotted key of thousands of parts would cost seconds."""
    pass_gate(".".join("a" * 16) + " = 1", "toml")
    assert _refused(pass_gate, ".".join("a" * 17) + " = 1", "toml").endswith("(got 17 parts)")
    pass_gate(f'x = "{"." * 99}"', "toml")


def test_bare_words_have_at_most_200_characters():
    """A number of five thousand digits would cost more than it is worth; a long text in quotes is none."""
    pass_gate("x = " + "1" * 200 + " " * 300, "toml")
    assert _refused(pass_gate, "x = " + "1" * 201, "toml").endswith("(got 201 characters)")
    pass_gate(f'x = "{"1" * 999}"', "toml")


def test_documents_have_a_bounded_number_of_lines():
    """Hundreds of thousands of lines cost the parser much and say nothing."""
    assert "at most 200,000 lines and escapes (got more)" in _refused(pass_gate, "\n" * 200_001, "toml")
    pass_gate("\n" * 200_000, "toml")


def test_long_keys_are_for_small_documents():
    """The parser walks every dotted key from its header on: many values under long keys are refused."""
    key = ".".join("abcdefghijkl")
    pass_gate(f"[{key}]\nx = 1\n", "toml")
    assert "no long keys" in _refused(pass_gate, f"[{key}]\n" + "x = 1\n" * 20_000, "toml")


@pytest.mark.parametrize(
    "text",
    [
        '"' + "[" * 99,
        "'" + "[" * 99,
        '"""' + "[" * 99 + '""',
        "'''" + "[" * 99,
        r'"\"' + "[" * 99 + '"',
        '"""a"b""' + "[" * 99 + '"""',
    ],
)
def test_texts_that_are_never_closed_run_to_the_end(text):
    """What stands in quotes, closed or not, is text for the gate; the parser has its own say."""
    pass_gate(text, "toml")
