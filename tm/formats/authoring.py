r"""What a format is written with, ours or another package's.

A module offers a ``Format``. Its reader takes ``Chunks`` and a ``Reading``, its writer a stream and a
``Writing``. For formats of text lines, ``text_lines`` decodes a file, ``encoded`` encodes one, and
``text_languages`` guesses the languages of columns that do not name theirs. ``notice`` says what was left out.

>>> list(text_lines(iter([b"a|b\n"]), Reading("a.moses"))), list(encoded(["a|b\n"], "a.moses"))
(['a|b\n'], [b'a|b\n'])
"""

from tm.formats._bytes import encoded
from tm.formats._column_languages import text_languages
from tm.formats._format import Account, Chunks, Filling, Format, Header, Reading, Writing
from tm.formats._rows import text_lines
from tm.formats.notices import notice

__all__ = [
    "Account",
    "Chunks",
    "Filling",
    "Format",
    "Header",
    "Reading",
    "Writing",
    "encoded",
    "notice",
    "text_languages",
    "text_lines",
]
