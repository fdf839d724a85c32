"""The command line: ``leadqual demo | init | check | describe | score | explain | history | plan | …``.

Needs the extra ``cli`` (click and rich).
"""

import sys
from io import StringIO

__all__ = ["main"]

_PARTS = ("click", "rich")


def main() -> None:
    """Run the command line; ends with SystemExit.

    Without click or rich it says how to install them and exits with 2.
    """
    try:
        from leadqual.cli.app import cli
    except ModuleNotFoundError as error:
        part = (error.name or "").partition(".")[0]
        if part not in _PARTS:
            raise
        print(f"leadqual: the command line needs {part}. Install it with: pip install 'leadqual[cli]'", file=sys.stderr)
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        print("leadqual: stopped; nothing was finished.", file=sys.stderr)
        raise SystemExit(130) from None
    sys.stdout = sys.stdout or StringIO()  # closed by whoever started us
    sys.stderr = sys.stderr or StringIO()
    cli(prog_name="leadqual")
