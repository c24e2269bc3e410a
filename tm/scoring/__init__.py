"""New translations against what is known: the memory, the glossary, the checks.

In: source and new translation, a store, concepts. Out: a report in which every number has a signature and an
interval. Post (2018), "A Call for Clarity in Reporting BLEU Scores"; Koehn (2004) for the intervals. Start
with ``jobs.py``; ``metrics.py`` says what a metric is, ``overlap.py`` is BLEU, chrF2++ and TER,
``agreement.py`` and ``coverage.py`` the memory's part.
"""

from tm.scoring.comparison import Comparison, compare
from tm.scoring.jobs import score
from tm.scoring.metrics import Metric, metrics
from tm.scoring.page import score_page
from tm.scoring.report import Report

__all__ = ["Comparison", "Metric", "Report", "compare", "metrics", "score", "score_page"]
