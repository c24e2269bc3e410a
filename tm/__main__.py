"""``python -m tm``: the same as the command ``tm``."""

from tm.cli import run

if __name__ == "__main__":
    run()
