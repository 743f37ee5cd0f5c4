"""Query terms as SQL: each field of the grammar has its condition here, on an event or on a claim."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, not_, or_, select, true

from conflictdb.domain.distance import KM_PER_DEGREE
from conflictdb.domain.folding import fold
from conflictdb.domain.knowledge import Knowledge
from conflictdb.domain.query_fields import CountTerm, DateTerm, NearTerm, Term, TextTerm, WordsTerm
from conflictdb.domain.vocabulary import ClaimKind, Metric, SubjectKind
from conflictdb.store.distance import KmBetween
from conflictdb.store.read.names import (
    actor_ids,
    conflict_ids,
    country_codes,
    holds_words,
    person_ids,
    spellings,
    with_members,
    with_parts,
)
from conflictdb.store.read.standing import standing
from conflictdb.store.search import EntryKind, entries, matches
from conflictdb.store.tables import (
    claim,
    combatant,
    dataset,
    event,
    external_id,
    import_run,
    place,
    source,
)

Condition = ColumnElement[bool]
IN_PYTHON = frozenset({"stake"})
"""Fields that no column holds: the read layer decides them row by row."""


class Filters:
    """Builds conditions for one connection, which names are looked up on; claims are as they stood by `knowledge`."""

    def __init__(self, connection: Connection, knowledge: Knowledge | None = None) -> None:
        self.connection, self.knowledge = connection, knowledge
        self.dialect = connection.dialect.name

    def events(self, event_terms: Iterable[Term], claim_terms: Iterable[Term] = ()) -> Condition:
        """Return the condition on `event` that all terms hold; claim terms hold for one claim in view together."""
        conditions = [self._signed(term, self._event_term(term)) for term in event_terms]
        sought = [term for term in claim_terms if not _in_python(term)]
        wanted = [self._claim_term(term) for term in sought if not term.negated]
        if wanted:
            conditions.append(self._has_claim(*wanted))
        conditions += [not_(self._has_claim(self._claim_term(term))) for term in sought if term.negated]
        return and_(true(), *conditions)

    def claims(self, claim_terms: Iterable[Term]) -> Condition:
        """Return the condition on `claim` that all terms hold."""
        sought = [term for term in claim_terms if not _in_python(term)]
        return and_(true(), *(self._signed(term, self._claim_term(term)) for term in sought))

    def having(self, claim_terms: Sequence[Term]) -> Condition:
        """Return the condition on `event` that one claim in view holds all terms, the negated ones too."""
        return self._has_claim(self.claims(claim_terms)) if claim_terms else true()

    def _signed(self, term: Term, condition: Condition) -> Condition:
        return not_(func.coalesce(condition, false())) if term.negated else condition

    def _has_claim(self, *conditions: Condition) -> Condition:
        """Return the condition that an event has such a claim in view: the claims are looked for once, not by event."""
        found = select(claim.c.event_id).where(standing(self.knowledge), *conditions)
        return event.c.id.in_(found.correlate(None))

    def _event_term(self, term: Term) -> Condition:
        if isinstance(term, TextTerm):
            return EVENT_FIELDS[term.field](self, term.values)
        if isinstance(term, CountTerm):
            return self._has_claim(_count(term))
        if isinstance(term, DateTerm):
            return _overlaps(term)
        if isinstance(term, NearTerm):
            return event.c.place_id.in_(_places(_near(term)))
        return self._words(term)

    def _claim_term(self, term: Term) -> Condition:
        assert isinstance(term, TextTerm)
        return CLAIM_FIELDS[term.field](self, term.values)

    def _words(self, term: WordsTerm) -> Condition:
        """Words in the event's own text, or in a name of somebody who fought or led in it."""
        found = matches(term.text, phrase=term.phrase, dialect=self.dialect)

        def hits(kind: EntryKind) -> Select[tuple[int]]:
            return entries(kind).where(found)

        fought = select(combatant.c.event_id).where(combatant.c.actor_id.in_(hits(EntryKind.ACTOR))).correlate(None)
        led = select(claim.c.event_id).where(claim.c.person_id.in_(hits(EntryKind.PERSON))).correlate(None)
        return or_(event.c.id.in_(hits(EntryKind.EVENT)), event.c.id.in_(fought), event.c.id.in_(led))

    def country(self, values: tuple[str, ...]) -> Condition:
        """A country by ISO code or name; one that ISO does not know by the name that the place has."""
        codes, names = country_codes(self.connection, values)
        return event.c.place_id.in_(_places(or_(place.c.country.in_(codes), place.c.country_name.in_(names))))

    def area(self, values: tuple[str, ...]) -> Condition:
        """Words of the region's name."""
        names = [name for value in values for name in spellings(self.connection, place.c.admin1, value)]
        return event.c.place_id.in_(_places(place.c.admin1.in_(names)))

    def place(self, values: tuple[str, ...]) -> Condition:
        """Words of the place's name."""
        held = [holds_words(place.c.folded, value) for value in values]
        return event.c.place_id.in_(_places(or_(*held)))

    def conflict(self, values: tuple[str, ...]) -> Condition:
        """A conflict, with all that are nested in it."""
        return event.c.conflict_id.in_(with_parts(conflict_ids(self.connection, values)))

    def dyad(self, values: tuple[str, ...]) -> Condition:
        """A dyad by its number in a dataset or by its name."""
        numbers = [value.rpartition(":")[2] for value in values]
        held = external_id.c.scheme.endswith("-dyad") & external_id.c.conflict_id.is_not(None)
        dyads = select(external_id.c.conflict_id).where(held)
        numbered = dyads.where(external_id.c.native_id.in_(numbers))
        named = dyads.where(external_id.c.conflict_id.in_(conflict_ids(self.connection, values)))
        return or_(event.c.conflict_id.in_(numbered), event.c.conflict_id.in_(named))

    def type(self, values: tuple[str, ...]) -> Condition:
        """The type, or words of the sub-type."""
        spoken = [name for value in values for name in spellings(self.connection, event.c.subtype, value)]
        return or_(event.c.type.in_(values), event.c.subtype.in_(spoken))

    def actor(self, values: tuple[str, ...]) -> Condition:
        """A combatant, or an actor that a combatant belongs to."""
        members = with_members(actor_ids(self.connection, values))
        return event.c.id.in_(select(combatant.c.event_id).where(combatant.c.actor_id.in_(members)).correlate(None))

    def commander(self, values: tuple[str, ...]) -> Condition:
        """Somebody whom a claim in view names as a commander."""
        return self._has_claim(claim.c.person_id.in_(person_ids(self.connection, values)))

    def slug(self, values: tuple[str, ...]) -> Condition:
        """The event's slug."""
        return event.c.slug.in_([value.lower() for value in values])

    def native(self, values: tuple[str, ...]) -> Condition:
        """A native id, with or without its dataset."""
        held = []
        for value in values:
            scheme, _, native_id = value.partition(":")
            held.append(external_id.c.native_id == value)
            held.append(and_(external_id.c.native_id == native_id, external_id.c.scheme == scheme.lower()))
        return event.c.id.in_(select(external_id.c.event_id).where(external_id.c.event_id.is_not(None), or_(*held)))

    def dataset(self, values: tuple[str, ...]) -> Condition:
        """The dataset or format that the event came from, or that has a native id for it; "ucdp" is "ucdp-ged" too."""

        def named(column: ColumnElement[str]) -> Condition:
            lower = func.lower(column)
            names = [value.lower() for value in values]
            return or_(lower.in_(names), *(lower.startswith(f"{name}-", autoescape=True) for name in names))

        runs = (
            select(import_run.c.id)
            .outerjoin(dataset, dataset.c.id == import_run.c.dataset_id)
            .where(or_(named(import_run.c.importer), named(dataset.c.name)))
        )
        known = select(external_id.c.event_id).where(named(external_id.c.scheme))
        return or_(event.c.import_run_id.in_(runs), event.c.id.in_(known.where(external_id.c.event_id.is_not(None))))

    def claimant(self, values: tuple[str, ...]) -> Condition:
        """Who said it."""
        return claim.c.claimant_id.in_(actor_ids(self.connection, values))

    def source(self, values: tuple[str, ...]) -> Condition:
        """The document: its handle, or words of its title, publisher, author or address."""
        found = [matches(value, phrase=False, dialect=self.dialect) for value in values]
        rows = entries(EntryKind.SOURCE).where(or_(*found))
        exact = select(source.c.id).where(source.c.slug.in_([value.lower() for value in values])).correlate(None)
        return or_(claim.c.source_id.in_(exact), claim.c.source_id.in_(rows))

    def subject(self, values: tuple[str, ...]) -> Condition:
        """Whose losses: civilians, unknown, total, or a combatant by name."""
        kinds = [value for value in map(fold, values) if value in tuple(SubjectKind)]
        members = with_members(actor_ids(self.connection, [value for value in values if fold(value) not in kinds]))
        fighters = select(combatant.c.id).where(combatant.c.actor_id.in_(members)).correlate(None)
        return or_(claim.c.subject_kind.in_(kinds), claim.c.combatant_id.in_(fighters))

    def side(self, values: tuple[str, ...]) -> Condition:
        """The side whose losses they are, by number or role."""
        numbers = [int(value) for value in values if value.isdigit()]
        roles = [value for value in values if not value.isdigit()]
        wanted = or_(combatant.c.side.in_(numbers), combatant.c.role.in_(roles))
        same_side = and_(combatant.c.event_id == claim.c.event_id, combatant.c.side == claim.c.side)
        of_side = select(combatant.c.id).where(same_side, combatant.c.role.in_(roles)).correlate(claim).exists()
        fighters = select(combatant.c.id).where(wanted).correlate(None)
        return or_(claim.c.side.in_(numbers), claim.c.combatant_id.in_(fighters), of_side)

    def metric(self, values: tuple[str, ...]) -> Condition:
        """What is counted."""
        return claim.c.metric.in_(values)

    def status(self, values: tuple[str, ...]) -> Condition:
        """What the claimant said of its figure."""
        return claim.c.status.in_(values)


def _places(condition: Condition) -> Select[tuple[int]]:
    return select(place.c.id).where(condition).correlate(None)


def _in_python(term: Term) -> bool:
    return isinstance(term, TextTerm) and term.field in IN_PYTHON


def _count(term: CountTerm) -> Condition:
    """A bound satisfies no more than it states: >= asks the lower bound, <= the upper, = both."""
    if term.metric == ClaimKind.STRENGTH:
        kind = and_(claim.c.kind == ClaimKind.STRENGTH, claim.c.metric == Metric.PERSONS)
    else:
        kind = and_(claim.c.kind == ClaimKind.CASUALTY, claim.c.metric == term.metric)
    value = term.value
    tests: dict[str, Callable[[], Condition]] = {
        "any": true,
        ">=": lambda: claim.c.lower >= value,
        ">": lambda: claim.c.lower > value,
        "<=": lambda: claim.c.upper <= value,
        "<": lambda: claim.c.upper < value,
        "=": lambda: and_(claim.c.lower == value, claim.c.upper == value),
    }
    return and_(kind, tests[term.op]())


def _overlaps(term: DateTerm) -> Condition:
    dated = event.c.date.is_not(None)
    begins = true() if term.last_day is None else or_(event.c.first_day.is_(None), event.c.first_day <= term.last_day)
    ends = true() if term.first_day is None else or_(event.c.last_day.is_(None), event.c.last_day >= term.first_day)
    return and_(dated, begins, ends)


def _near(term: NearTerm) -> Condition:
    """A box that an index or a quick comparison can use, then the distance itself."""
    height = term.km / KM_PER_DEGREE
    box = [place.c.latitude.between(term.latitude - height, term.latitude + height)]
    farthest = min(89.9, abs(term.latitude) + height)
    width = height / math.cos(math.radians(farthest))
    if term.longitude - width >= -180 and term.longitude + width <= 180 and farthest < 89.9:
        box.append(place.c.longitude.between(term.longitude - width, term.longitude + width))
    distance = KmBetween(place.c.latitude, place.c.longitude, term.latitude, term.longitude)
    return and_(place.c.latitude.is_not(None), *box, distance <= term.km)


Field = Callable[[Filters, tuple[str, ...]], Condition]
EVENT_FIELDS: dict[str, Field] = {
    "country": Filters.country,
    "admin1": Filters.area,
    "place": Filters.place,
    "conflict": Filters.conflict,
    "dyad": Filters.dyad,
    "type": Filters.type,
    "actor": Filters.actor,
    "commander": Filters.commander,
    "dataset": Filters.dataset,
    "native": Filters.native,
    "event": Filters.slug,
}
CLAIM_FIELDS: dict[str, Field] = {
    "side": Filters.side,
    "claimant": Filters.claimant,
    "source": Filters.source,
    "subject": Filters.subject,
    "metric": Filters.metric,
    "status": Filters.status,
}
