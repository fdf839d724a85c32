"""docs/cli.md."""

from leadqual.cli.app import cli
from tests.cli.reference import EXAMPLES, HOW, PAGE, page


def test_page_on_the_command_line_is_what_the_commands_say():
    """The page is made from the commands; after a change of one it is made again."""
    assert PAGE.read_text(encoding="utf-8") == page(), f"docs/cli.md is not current. Make it again: {HOW}"


def test_page_has_an_example_of_every_command():
    """Each command is shown at work, and no other."""
    assert EXAMPLES.keys() == cli.commands.keys()
    text = PAGE.read_text(encoding="utf-8")
    assert [
        name for name in cli.commands if f"\n$ leadqual {name} " not in text.replace("$ leadqual schema\n", "")
    ] == []
    assert [name for name in cli.commands if f"\n## leadqual {name}\n" not in text] == []


def test_page_names_every_option(desk):
    """Whatever `--help` lists stands on the page."""
    text = PAGE.read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        part = text.partition(f"\n## leadqual {name}\n")[2].partition("\n## ")[0]
        for parameter in command.params:
            assert all(option in part for option in parameter.opts if option.startswith("-"))
            assert parameter.opts[0].startswith("-") or parameter.human_readable_name in part
