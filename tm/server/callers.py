"""Who calls: the roles, the tokens of a file that only its owner may read, and what a request shows of them.

``read_tokens`` reads the file: a line for each token, with its name, its role and the token, in this order,
separated by white space; ``#`` begins a comment.

::

    # name   role    token
    ana      write   b3Zxc2Vn…
    ci       read    Y2ktc2Vn…

``TokenFile`` reads it again when it was changed. ``caller_of`` compares in constant time, with every token, so that
the time of an answer says nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from tm.errors import FormatError, nearest, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

Role = Literal["read", "decide", "write"]
"""What a caller may do: look up; also decide on terms; also change units and add to the memory."""

ROLES: tuple[Role, ...] = get_args(Role)

LEAST_LETTERS = 16
"""Letters of a token: fewer could be tried out."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks.

    Attributes:
        name: the author of what is written; "" when nobody is named.
        role: what is allowed.

    >>> Caller("ana", "decide").may("read"), Caller("ana", "decide").may("write")
    (True, False)
    """

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this caller has the role, or one above it."""
        return ROLES.index(role) <= ROLES.index(self.role)


@dataclass(frozen=True, slots=True)
class Token:
    """A line of the file; of the token only its digest is kept.

    Attributes:
        caller: whose it is.
        digest: SHA-256 of the token.
    """

    caller: Caller
    digest: bytes


def digest_of(token: str) -> bytes:
    """What is kept of a token.

    >>> len(digest_of("b3Zxc2VncmVkbw"))
    32
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def caller_of(token: str, tokens: Sequence[Token]) -> Caller | None:
    """Whose a token is; None when it is nobody's.

    >>> ana = Caller("ana", "write")
    >>> caller_of("secret", [Token(ana, digest_of("secret"))]) is ana, caller_of("Secret", [])
    (True, None)
    """
    digest, caller = digest_of(token), None
    for entry in tokens:
        if hmac.compare_digest(entry.digest, digest):
            caller = entry.caller
    return caller


class TokenFile(Sequence[Token]):
    """The tokens of a file as it is now. While it cannot be read, or is not as it should be, the ones before stay."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Read it.

        Raises:
            FormatError: see ``read_tokens``.
        """
        self._path, self._seen = path, _state(path)
        self._tokens = read_tokens(path)

    def _now(self) -> tuple[Token, ...]:
        state = _state(self._path)
        if state != self._seen:
            self._seen = state
            try:
                self._tokens = read_tokens(self._path)
            except FormatError as error:
                log.warning("%s; the tokens before it was changed stay", error)
        return self._tokens

    def __len__(self) -> int:
        """How many there are."""
        return len(self._now())

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - a token, or some
        """One of them."""
        return self._now()[index]

    def __iter__(self) -> Iterator[Token]:
        """Each."""
        return iter(self._now())


def _state(path: str | os.PathLike[str]) -> tuple[int, ...]:
    """What is another one when a file was changed or another one came into its place; empty when it is gone."""
    try:
        status = os.stat(path)
    except OSError:
        return ()
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_size


def read_tokens(path: str | os.PathLike[str]) -> tuple[Token, ...]:
    """The tokens of a file.

    Raises:
        FormatError: it cannot be read, others may read it too, or a line is not three words.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "tokens")
    ...     _ = path.write_text("ana write b3ZxcGluZ3Vpbm8x\\n")
    ...     path.chmod(0o600)
    ...     [token.caller for token in read_tokens(path)]
    [Caller(name='ana', role='write')]
    """
    try:
        with Path(path).open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            lines = file.read().splitlines()
    except (OSError, UnicodeError) as error:
        what = reason(error) if isinstance(error, OSError) else "no text"
        raise FormatError(f"{what}; a file of tokens was expected", path=path) from error
    if os.name == "posix" and mode & 0o077:
        raise FormatError(f"others may read it ({mode:03o}); chmod 600 {os.fspath(path)}", path=path)
    tokens = [
        _token(words, path, number)
        for number, line in enumerate(lines, 1)
        if (words := line.partition("#")[0].split())
    ]
    if not tokens:
        raise FormatError("has no token; NAME ROLE TOKEN on a line was expected", path=path)
    return tuple(tokens)


def _token(words: list[str], path: str | os.PathLike[str], line: int) -> Token:
    if len(words) != 3:  # the words themselves are not shown: one is secret
        raise FormatError(f"{len(words)} words; NAME ROLE TOKEN was expected", path=path, line=line)
    name, role, token = words
    for allowed in ROLES:
        if allowed == role:
            break
    else:
        hint = nearest(role, ROLES) or f"; {', '.join(ROLES)} was expected"
        raise FormatError(f"no role of this name{hint}", path=path, line=line)
    if len(token) < LEAST_LETTERS:
        raise FormatError(
            f"a token of {len(token)} letters; {LEAST_LETTERS} or more were expected", path=path, line=line
        )
    return Token(Caller(name, allowed), digest_of(token))
