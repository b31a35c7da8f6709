"""What a space knows, beside the messages that a question finds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from satchel.asking import Clocks, moment_of
from satchel.engine import Engine
from satchel.model import Fact, Hit
from satchel.records import Records
from satchel.retrieve.index import SpaceIndex
from satchel.retrieve.query import Filter
from satchel.retrieve.rank import Ranking
from satchel.store.port import View
from satchel.truth.answers import Answers, Match, Words
from satchel.truth.profile import profile_facts

MOST_FACTS = 5
_SHARE = 5
"""At most a fifth of the hits are facts."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known at a question's moment."""

    answers: Answers
    moment: int

    @classmethod
    def of(cls, engine: Engine, view: View, records: Records, wanted: Filter) -> "Known":
        """Return what the space knows, as the view sees it, at the moment that the question is about."""
        clocks = Clocks(wanted.as_of, wanted.known_at)
        answers = engine.minds.answers(view, records)
        if clocks.known_at is not None:
            answers = Answers(answers.knowledge.known_at(clocks.known_at))
        return cls(answers, moment_of(engine, clocks))

    def asked_for(self, index: SpaceIndex, ranking: Ranking, words: Words, *, limit: int) -> tuple[Match, ...]:
        """Return the facts that answer the question, best first."""
        best = float(ranking.whole.max(initial=0.0)) or 1.0

        def source_score(ids: Sequence[str]) -> float | None:
            places = [place for place in index.places_of(ids) if ranking.wanted[place]]
            return max((float(ranking.whole[place]) / best for place in places), default=None)

        most = min(MOST_FACTS, max(limit // _SHARE, 1))
        found = self.answers.matching(words, as_of=self.moment, source_score=source_score, limit=most)
        return tuple(replace(one, score=one.score * best) for one in found)

    def lifts(self, index: SpaceIndex, ranking: Ranking, found: Sequence[Match]) -> dict[int, float]:
        """Return the messages that the facts found are from, each with the score of its fact."""
        lifts: dict[int, float] = {}
        for match in found:
            ids = [source.message_id for source in match.fact.sources]
            places = [place for place in index.places_of(ids) if ranking.wanted[place]]
            if match.fact.status != "past" and places:
                best = max(places, key=lambda place: (ranking.whole[place], index.said_at[place]))
                lifts[best] = max(lifts.get(best, 0.0), match.score)
        return lifts

    def profile(self) -> tuple[Fact, ...]:
        """Return the facts of the profile."""
        return profile_facts(self.answers.knowledge, as_of=self.moment)

    def in_succession(self, hits: Sequence[Hit]) -> list[Hit]:
        """Return hits so that no message stands above the one that replaced what it said."""
        return self.answers.in_succession(hits, as_of=self.moment)
