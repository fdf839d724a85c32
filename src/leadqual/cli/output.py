"""Files that commands write: refused before the work if they cannot be, and whole or not at all."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from leadqual.cli.options import Decorated
from leadqual.files.atomic import complete_file


def text_option(ending: str, what: str) -> Callable[[Decorated], Decorated]:
    """Return the option -o for a text.

    Args:
        ending: The usual ending of such a file.
        what: What is written, for the help.
    """
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar=f"FILE{ending}",
        help=f"Write {what} to a file instead.",
    )


def check_output(output: Path, inputs: Iterable[Path], endings: tuple[str, ...] = ()) -> None:
    """Refuse a file that could not be written, or that is read.

    Args:
        output: The file to write.
        inputs: The files that are read.
        endings: What its name may end in; anything if there are none.

    Raises:
        click.BadParameter: If it cannot be.
    """
    if endings and output.suffix.lower() not in endings:
        raise click.BadParameter(f"the file must end in {', '.join(endings)}.", param_hint="-o")
    if not output.parent.is_dir():
        raise click.BadParameter(f"there is no folder {str(output.parent)!a}.", param_hint="-o")
    if output.exists() and not output.is_file():
        raise click.BadParameter("this is no ordinary file.", param_hint="-o")
    if output.exists() and any(output.samefile(one) for one in inputs):
        raise click.BadParameter("this file is read; choose another name.", param_hint="-o")


def write_text(path: Path, text: str) -> None:
    """Write the whole file or none of it, as UTF-8 with LF line ends."""
    with complete_file(path) as file:
        file.write(text.encode())
