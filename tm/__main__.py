"""``python -m tm``: the same as the command ``tm``."""

from tm.cli import main

if __name__ == "__main__":
    main()
