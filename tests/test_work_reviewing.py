"""An alignment that a person looks through: in which direction a table is opened."""

import pytest

from tm.direction import Direction
from tm.work.reviewing import to_review


@pytest.mark.parametrize(
    ("asked", "languages"),
    [
        (Direction(), ("pt-BR", "fr")),
        (Direction(target="pt"), ("fr", "pt")),
        (Direction("fr"), ("fr", "pt-BR")),
    ],
)
def test_one_language_that_is_asked_for_is_enough_to_turn_a_table(tmp_path, asked, languages):
    table = tmp_path / "pairs.tsv"
    table.write_text("pt-BR\tfr\num pão\tun pain\n", encoding="utf-8")
    rows = to_review([table], asked)
    assert (rows.source.language, rows.target.language) == languages
    assert rows.source.segments == (("um pão",) if languages[0] == "pt-BR" else ("un pain",))
