"""Files to units, concepts and documents, and back; streaming; one format, one file.

In: a path (packed files are unpacked, "-" is stdin). Out: the nouns of ``tm.model``. A format is a ``Format``
value at the top of a module of this room. Start with ``files.py`` (how a file is read and written), then
``_format.py``, and ``omegat.py`` as the plainest example; ``_bytes.py`` and ``_xml.py`` serve all formats.
"""

from tm.formats._format import Account, Feature, Filling, Format, Header, Operation, TermFeature
from tm.formats._glossary_writer import glossary_direction
from tm.formats._language_names import language_of_name
from tm.formats._term_columns import is_of_terms
from tm.formats.files import (
    Units,
    copy,
    fill,
    read_concepts,
    read_document,
    read_units,
    standard_faults,
    write_concepts,
    write_units,
)
from tm.formats.finding import (
    files_of,
    find_format,
    formats,
    formats_of,
    language_of_extension,
    look_up,
    reads_documents,
)
from tm.formats.packing import unpacked_name

__all__ = [
    "Account",
    "Feature",
    "Filling",
    "Format",
    "Header",
    "Operation",
    "TermFeature",
    "Units",
    "copy",
    "files_of",
    "fill",
    "find_format",
    "formats",
    "formats_of",
    "glossary_direction",
    "is_of_terms",
    "language_of_extension",
    "language_of_name",
    "look_up",
    "read_concepts",
    "read_document",
    "read_units",
    "reads_documents",
    "standard_faults",
    "unpacked_name",
    "write_concepts",
    "write_units",
]
