"""A text cut into tokens, each a word, a run of digits or one other character, with its place."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from satchel.extract.time.vocabulary import DASHES, FUNCTION_WORDS, MONTHS, POSSESSIVE

_TOKEN = re.compile(r"'til\b|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]|_", re.IGNORECASE)
_WORD = re.compile(r"\d+|[^\W\d_]+")
_GLUED = frozenset({*MONTHS, "q", "h"})
"""Words to which a number may be glued: "Oct2", "Q3"."""
_INNER = frozenset("'’-/$€£#@%&") | DASHES
_ENDS = frozenset(".!?;\n…")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its word in lower case, its characters [start, end), and whether it was capitalised."""

    word: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text as tokens, and the local time at which it was said.

    Attributes:
        source: the text.
        tokens: its tokens.
        words: their words.
        now: when it was said, in the space's zone.
        known: the whole is a time expression, so that a doubtful word such as "may" counts without a preposition.
        memory: what was read at a place already, by reader: most places are asked for several times.
    """

    source: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    now: datetime
    known: bool = False
    memory: dict[tuple[str, int], object] = field(default_factory=dict[tuple[str, int], object], compare=False)

    def word(self, index: int) -> str:
        """Return a token's word; "" outside the text."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def has(self, index: int, *words: str) -> bool:
        """Tell whether these words stand at a place, one after the other."""
        return index >= 0 and self.words[index : index + len(words)] == words

    def skip(self, index: int, words: Collection[str]) -> int:
        """Return the index after the token if it is one of these words, else the index."""
        return index + 1 if self.word(index) in words else index

    def glued(self, index: int) -> bool:
        """Tell whether a token stands right behind the one before, without a space."""
        return 0 < index < len(self.tokens) and self.tokens[index - 1].end == self.tokens[index].start

    def number(self, index: int) -> int | None:
        """Return the value of a run of at most nine ASCII digits."""
        word = self.word(index)
        if not (word.isascii() and word.isdigit() and len(word) <= 9):  # noqa: PLR2004
            return None
        before = self.word(index - 1)
        return None if self.glued(index) and before.isalpha() and before not in _GLUED else int(word)  # "O2"

    def index_at(self, start: int, character: int) -> int:
        """Return the index of the first token, from `start` on, that begins at or after a character."""
        while start < len(self.tokens) and self.tokens[start].start < character:
            start += 1
        return start

    def closes(self, index: int) -> bool:
        """Tell whether a clause ends before this token: at the end of the text, a mark, or a line's end."""
        if index >= len(self.tokens):
            return True
        token = self.tokens[index]
        if not token.word[0].isalnum():
            return token.word not in _INNER and not token.word.startswith("'")
        return index > 0 and "\n" in self.source[self.tokens[index - 1].end : token.start]

    def ends_phrase(self, index: int) -> bool:
        """Tell whether a noun phrase ends before this token, so that "the summer" is not that of a summer camp."""
        return self.closes(index) or self.word(index) in FUNCTION_WORDS or self.number(index) is not None

    def is_decimal(self, index: int) -> bool:
        """Tell whether a mark at this place goes on a number: the point of "3.5", the stroke of "3/4"."""
        return self.word(index) in (".", ":", "/") and self.continues(index)

    def continues(self, index: int) -> bool:
        """Tell whether a mark stands between two runs of digits without a space."""
        return self.glued(index) and self.glued(index + 1) and self.number(index + 1) is not None

    def capital(self, index: int) -> bool:
        """Tell whether a token is capitalised."""
        return 0 <= index < len(self.tokens) and self.tokens[index].capital

    def opens(self, index: int) -> bool:
        """Tell whether a sentence begins with this token."""
        if index == 0:
            return True
        before = self.tokens[index - 1]
        return before.word in _ENDS or "\n" in self.source[before.end : self.tokens[index].start]


def words_of(source: str) -> list[str]:
    """Return the words and runs of digits of a text, in lower case and cut at apostrophes: a quick look at it."""
    return _WORD.findall(source.lower())


def cut(source: str, now: datetime, *, known: bool = False) -> Text:
    """Cut a text into tokens; a genitive stands apart from a word that names a time."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(source):
        word, start, end = found[0].lower().replace("’", "'"), found.start(), found.end()
        capital = found[0][0].isupper()
        if word.endswith("'s") and word[:-2] in POSSESSIVE:
            tokens += [Token(word[:-2], start, end - 2, capital), Token("'s", end - 2, end, capital=False)]
        else:
            tokens.append(Token(word, start, end, capital))
    return Text(source, tuple(tokens), tuple(token.word for token in tokens), now, known)
