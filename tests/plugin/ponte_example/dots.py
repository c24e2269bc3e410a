"""A check: an ellipsis of the source that the translation lacks."""

from tm.checks.check import Check, Remark, one_by_one

ELLIPSES = ("…", "...")


def examine(translation):
    source, target = (text.rstrip().endswith(ELLIPSES) for text in (translation.source, translation.target))
    if source and not target:
        yield Remark("the ellipsis at the end is missing", "warning", f"{translation.target.rstrip(' .')}…")


ELLIPSIS = Check("ellipsis", "An ellipsis lost at the end.", one_by_one(examine))
