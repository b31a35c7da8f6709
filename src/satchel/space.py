"""One subject's memory: the verbs of the public API, with their input checked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from satchel import asking, correcting, defining, erasure, ledger, recall
from satchel.arguments import (
    MAX_LIMIT,
    Instant,
    choice_of,
    clocks_of,
    count_of,
    filter_of,
    ids_of,
    kinds_of,
    query_of,
    text_of,
)
from satchel.errors import InvalidInput, NotFound
from satchel.extract.instants import read_bound, to_micros
from satchel.extract.messages import Given, read_defaults, read_messages
from satchel.inject.compose import check_budget
from satchel.model import Added, Context, Entity, Fact, Graph, Hits, Kind, Message, Receipt, Role, Source, Step
from satchel.rebuilding import rebuild
from satchel.settings import Given as Attributes
from satchel.settings import checked_zone, read_attributes
from satchel.verbs.coming import ComingVerbs
from satchel.verbs.learning import LearningVerbs
from satchel.verbs.spending import SpendingVerbs
from satchel.verbs.working import WorkingVerbs

T = TypeVar("T")


class Space(ComingVerbs, LearningVerbs, SpendingVerbs, WorkingVerbs):
    """One subject's memory. Made by `Memory.space`; its first write creates it."""

    @property
    def name(self) -> str:
        """The space's name."""
        return self._place.name

    @property
    def tenant(self) -> str:
        """The tenant that the space is in."""
        return self._place.tenant

    def __repr__(self) -> str:
        return f"Space({self.name!r}, tenant={self.tenant!r})"

    def add(
        self,
        messages: Given,
        *,
        session: str | None = None,
        agent: str | None = None,
        app: str | None = None,
        at: datetime | str | None = None,
        metadata: Mapping[str, object] | None = None,
        idempotency_key: str | None = None,
    ) -> Added:
        """Remember messages: all of them and what follows from them, durably, or nothing.

        Args:
            messages: a string (said by the user), or one mapping or several in the chat-completions shape: `role`,
                `content` (a string or content parts, Anthropic's blocks too), and optionally `name` (the speaker),
                `at` or `timestamp`, `session`, `metadata`, `id`, `tool_calls`.
            session: the conversation that they belong to.
            agent: the agent that took part.
            app: the application that it happened in.
            at: when they were said, where a message does not say it itself; now, unless given.
            metadata: JSON values to keep with each message.
            idempotency_key: makes a repetition of this call harmless.

        Returns:
            The ids in the order given. A message that was there before (same `id`; or same session, role, speaker,
            content and given time) is not stored again: its old id is in its place and in `duplicates`.

        Raises:
            InvalidInput: something given is not valid; nothing was stored.
            StoreUnavailable: the store could not be written; nothing was stored.
        """
        defaults = read_defaults(session=session, agent=agent, app=app, at=at, metadata=metadata)
        utterances, notes = read_messages(messages, defaults)
        key = text_of(idempotency_key, "idempotency_key") if idempotency_key is not None else None
        return ledger.add(self._engine, self._place, utterances, notes=notes, idempotency_key=key)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        kinds: Sequence[Kind] | None = None,
        session: str | None = None,
        agent: str | None = None,
        app: str | None = None,
        speaker: str | None = None,
        role: Role | None = None,
        since: Instant | None = None,
        until: Instant | None = None,
        as_of: Instant | None = None,
        known_at: Instant | None = None,
        explain: bool = False,
    ) -> Hits:
        """Return what the space holds that answers the query, best first.

        Args:
            query: a question or key words.
            limit: how many hits at most.
            kinds: the kinds of records wanted; all, unless given.
            session: only what was said in this session; likewise `agent`, `app`, `speaker` and `role`.
            since: only what was said at this time or later; until: only what was said by then.
            as_of: leave out what was said later than this (valid time).
            known_at: leave out what the memory received later than this (known time).
            explain: fill in each hit's `signals`: `bm25`, `coverage` (the share of the query's information that the
                message's words have), `cosine`, `late_interaction` (token by token, above the median of those that were
                compared), `own` (these together, 0..1), `neighbour` and `second_neighbour` (the better message at one
                and at two steps in the session), `answer` (the message before, if it asks), `session` (the best of its
                session), `time` and `speaker` (1 when the query names the time or who said it) and `freshness` (1 for
                what was said or found useful last; see `feedback`); of a fact `coverage` and `source` (how well its
                best message matches).
        """
        wanted = filter_of(
            session=session,
            agent=agent,
            app=app,
            speaker=speaker,
            role=role,
            since=since,
            until=until,
            as_of=as_of,
            known_at=known_at,
        )
        question = recall.Question(
            query_of(query), wanted, count_of(limit, "limit", MAX_LIMIT), explain=explain, kinds=kinds_of(kinds)
        )
        return recall.search(self._engine, self._place, question)

    def context(
        self,
        query: str,
        *,
        budget: int = 1500,
        limit: int | None = None,
        profile: bool = True,
        session: str | None = None,
        agent: str | None = None,
        app: str | None = None,
        speaker: str | None = None,
        role: Role | None = None,
        since: Instant | None = None,
        until: Instant | None = None,
        as_of: Instant | None = None,
        known_at: Instant | None = None,
    ) -> Context:
        """Return the block of text to put into a prompt: the best evidence for the query within `budget` tokens.

        Args:
            query: the question, or the message that is to be answered.
            budget: tokens at most, counted as a quarter of the characters.
            limit: how many messages may be quoted at most; the questions of short answers come on top.
            profile: whether the block begins with what is always worth knowing; that part is `Context.prefix`, and its
                bytes stay the same until those facts change.
            session, agent, app, speaker, role, since, until, as_of, known_at: as in `search`.
        """
        wanted = filter_of(
            session=session,
            agent=agent,
            app=app,
            speaker=speaker,
            role=role,
            since=since,
            until=until,
            as_of=as_of,
            known_at=known_at,
        )
        budget = check_budget(count_of(budget, "budget", 10_000_000))
        most = recall.most_candidates(budget) if limit is None else count_of(limit, "limit", MAX_LIMIT)
        question = recall.Question(query_of(query), wanted, most, profile=profile, quoting=True)
        return recall.context(self._engine, self._place, question, budget=budget)

    def messages(
        self,
        *,
        limit: int | None = None,
        session: str | None = None,
        agent: str | None = None,
        app: str | None = None,
        speaker: str | None = None,
        role: Role | None = None,
        since: Instant | None = None,
        until: Instant | None = None,
        as_of: Instant | None = None,
        known_at: Instant | None = None,
    ) -> tuple[Message, ...]:
        """Return the log, the oldest message first; with a `limit`, the latest so many. Filters as in `search`."""
        wanted = filter_of(
            session=session,
            agent=agent,
            app=app,
            speaker=speaker,
            role=role,
            since=since,
            until=until,
            as_of=as_of,
            known_at=known_at,
        )
        most = None if limit is None else count_of(limit, "limit", 10_000_000)
        return recall.messages(self._engine, self._place, wanted, limit=most)

    def get(self, id: str) -> Message:  # noqa: A002  (the public name)
        """Return the message with this id.

        Raises:
            NotFound: there is none in this space.
        """
        message = recall.get(self._engine, self._place, text_of(id, "id"))
        if message is None:
            raise NotFound(f"no message {id} in the space {self.name!r}; it may have been forgotten")
        return message

    def facts(
        self,
        *,
        subject: str | None = None,
        attribute: str | None = None,
        as_of: Instant | None = None,
        known_at: Instant | None = None,
        past: bool = False,
    ) -> tuple[Fact, ...]:
        """Return what is true: now, or at another moment, as far as was known then.

        Args:
            subject: only facts about this one, by name, alias, noun ("sister") or `user`.
            attribute: only this attribute of the catalogue, such as `lives_in`.
            as_of: what was true at this time (valid time); now, unless given.
            known_at: what was known at this time; without `as_of` the question is about that moment.
            past: also what is over, was cancelled, or is planned but not true yet.

        Returns:
            Facts by subject and attribute. Status `planned` is a plan whose time has not come, `unknown` one whose
            premise has ended.
        """
        return asking.list_facts(
            self._engine,
            self._place,
            clocks_of(as_of, known_at),
            subject=None if subject is None else text_of(subject, "subject"),
            attribute=None if attribute is None else text_of(attribute, "attribute"),
            past=past,
        )

    def entities(self, *, kind: str | None = None, known_at: Instant | None = None) -> tuple[Entity, ...]:
        """Return who and what the space knows of, the most mentioned first; `kind` is person, place, thing …"""
        wanted = None if kind is None else text_of(kind, "kind")
        return asking.list_entities(self._engine, self._place, clocks_of(None, known_at), kind=wanted)

    def graph(
        self, entity: str, *, depth: int = 1, as_of: Instant | None = None, known_at: Instant | None = None
    ) -> Graph:
        """Return the neighbourhood of an entity, by name or id, at a moment: what up to `depth` facts tie to it.

        Raises:
            NotFound: nobody is called so.
        """
        clocks, steps = clocks_of(as_of, known_at), count_of(depth, "depth", 10)
        found = asking.graph(self._engine, self._place, clocks, text_of(entity, "entity"), depth=steps)
        if found is None:
            raise NotFound(f"no entity {entity!r} in the space {self.name!r}; list them with entities()")
        return found

    def history(self, id: str) -> tuple[Step, ...]:  # noqa: A002  (the public name)
        """Return how a fact's slot came to be: what was said on it, when, by whom, and what that did.

        Raises:
            NotFound: there is no such fact.
        """
        return self._found(asking.history(self._engine, self._place, text_of(id, "id")), id)

    def sources(self, id: str) -> tuple[tuple[Source, Message], ...]:  # noqa: A002  (the public name)
        """Return the words that a fact is from, each with its message.

        Raises:
            NotFound: there is no such fact.
        """
        return self._found(asking.sources(self._engine, self._place, text_of(id, "id")), id)

    def profile(self, *, as_of: Instant | None = None, known_at: Instant | None = None) -> tuple[Fact, ...]:
        """Return the few facts that are always worth knowing, in an order that changes only when they do."""
        return asking.profile(self._engine, self._place, clocks_of(as_of, known_at))

    def correct(self, fact_id: str, value: str | None, *, why: str | None = None) -> Added:
        """Put a fact right: `value` holds in its place from its beginning on; None says that nothing does.

        The correction is a message of its own. Questions with an earlier `known_at` still see what was believed then,
        and forgetting that message undoes the correction.

        Raises:
            NotFound: there is no such fact.
            InvalidInput: the fact has this value already.
        """
        right = None if value is None else text_of(value, "value")
        reason = None if why is None else text_of(why, "why")
        return correcting.correct(self._engine, self._place, text_of(fact_id, "fact_id"), right, reason)

    def merge(self, one: str, other: str) -> Added:
        """Say that two names, or ids of entities, mean the same; forgetting the message it makes undoes it.

        Raises:
            NotFound: a name is nobody's.
        """
        return correcting.join(self._engine, self._place, text_of(one, "one"), text_of(other, "other"), together=True)

    def unmerge(self, one: str, other: str) -> Added:
        """Say that two names that were merged do not mean the same; forgetting the message it makes undoes it.

        Raises:
            NotFound: a name is nobody's.
        """
        return correcting.join(self._engine, self._place, text_of(one, "one"), text_of(other, "other"), together=False)

    def define(
        self, attributes: Attributes | None = None, *, zone: str | None = None, embedder: str | None = None
    ) -> None:
        """Set what this space is read by; its messages are read again.

        Args:
            attributes: attributes of your own: a catalogue file (TOML, as `satchel/extract/catalogue.toml`), a mapping
                of the same form, or a pydantic model whose fields are the attributes. `patterns` tell how it
                is said: "my blood type is {value}".
            zone: the time zone that "tomorrow" is meant in, such as Europe/Lisbon; UTC unless set.
            embedder: "multilingual" for a space in other languages than English (the extra of that name), or "default",
                the memory's own.

        Raises:
            InvalidInput: a definition, the zone or the embedder is not valid; nothing was changed.
            ModelUnavailable: the extra is not installed; nothing was changed.
        """
        if attributes is None and zone is None and embedder is None:
            raise InvalidInput("define what? give attributes, a zone, an embedder, or several of them")
        defining.define(
            self._engine,
            self._place,
            zone=None if zone is None else checked_zone(zone),
            attributes=None if attributes is None else read_attributes(attributes),
            embedder=None
            if embedder is None
            else defining.checked_embedder(self._engine, text_of(embedder, "embedder")),
        )

    def forget(
        self,
        id_or_ids: str | Sequence[str] | None = None,
        *,
        session: str | None = None,
        before: Instant | None = None,
    ) -> Receipt:
        """Undo and erase messages: by id, of a session, or said before a time. What is given must all hold.

        The id of a fact stands for the messages that it is from.

        After it, state is what it would be had they never been said, and their words, terms and vectors are in no
        file of the store.

        Raises:
            NotFound: an id is not in this space; nothing was forgotten.
            InvalidInput: nothing was named. To forget all, use `erase`.
        """
        if id_or_ids is None and session is None and before is None:
            raise InvalidInput("forget what? give an id, several, session=… or before=…; erase() destroys all")
        ids = None if id_or_ids is None else ids_of(id_or_ids)
        session = None if session is None else text_of(session, "session")
        limit = None if before is None else to_micros(read_bound(before, name="before", end="first"))
        if ids is not None:
            ids = asking.messages_behind(self._engine, self._place, ids)
        return erasure.forget(self._engine, self._place, choice_of(ids, session, limit))

    def _found(self, found: T | None, id: str) -> T:  # noqa: A002
        if found is None:
            raise NotFound(f"no fact {id} in the space {self.name!r}; list them with facts(past=True)")
        return found

    def erase(self) -> Receipt:
        """Destroy the whole space: its key, so that copies of its rows cannot be read, and its rows.

        Raises:
            NotFound: the space holds nothing.
        """
        return erasure.erase(self._engine, self._place)

    def rebuild(self) -> int:
        """Derive everything anew from the log, with the present embedder; return how many messages there are."""
        return rebuild(self._engine, self._place)
