"""``python -m leadqual.cli`` is the same as ``leadqual``."""

from leadqual.cli import main

if __name__ == "__main__":
    main()
