"""What stands around an amount: what it counts, what became of it, whose it is, and what else is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from conflictdb.domain.vocabulary import Item, ItemFate, Metric
from conflictdb.importers.infobox.lines import Line
from conflictdb.importers.infobox.tokens import Chunk, Kind
from conflictdb.importers.infobox.words import Role

_STATES = (Role.METRIC, Role.FATE, Role.ELSEWISE)
_NOT_NOUNS = (Role.JOINT, Role.PART, Role.RANGE)
_EMPTY = (Role.FILLER, Role.AFTER, Role.BEFORE, Role.SAYS, Role.VAGUE, Role.ARTICLE, Role.CAUSE)
_NO_NAMES = (
    *(Role.TOTAL, Role.JOINT, Role.MEN, Role.ARTICLE, Role.REMARK, Role.PART, Role.VAGUE, Role.FILLER, Role.OF),
    *(Role.DATED, Role.MONTH, Role.BEFORE, Role.AFTER, Role.CAUSE),
)
_PERSONS_LOST = (Metric.KILLED, Metric.WOUNDED)


@dataclass(slots=True)
class Phrase:
    """What the words around an amount say. `noun` is what they call the counted, "" where nobody in particular."""

    noun: str = ""
    generic: bool = False
    """The noun names people of no particular group: soldiers, troops."""
    head: Chunk | None = None
    metrics: list[Metric] = field(default_factory=list)
    fates: list[ItemFate] = field(default_factory=list)
    elsewise: bool = False
    total: bool = False
    part: bool = False
    """It begins "of whom": the figure is contained in the one before."""
    note: str = ""
    end: int = 0
    """Where in the line the last word of the figure ends."""
    rest: list[Chunk] = field(default_factory=list)
    """What follows the figure and is not said of it."""
    says: list[Chunk] = field(default_factory=list)

    @property
    def metric(self) -> Metric | None:
        """Return what became of the people; of "killed and wounded" no one of them can be told."""
        said = list(dict.fromkeys(self.metrics))
        if (Metric.KILLED in said and len(said) > 1) or (Metric.WOUNDED in said and len(said) > 1):
            return Metric.CASUALTIES
        return said[0] if said else None

    @property
    def is_complete(self) -> bool:
        """Tell whether a state was said."""
        return bool(self.metrics or self.fates or self.elsewise)

    @property
    def item(self) -> Item | None:
        """Return the kind of thing that the noun names, or None where it names people or nothing."""
        kind = self.head.get(Role.ITEM) if self.head is not None else None
        return Item(kind) if kind else None

    @property
    def is_unit(self) -> bool:
        """Tell whether the noun names bodies of troops."""
        return self.head is not None and self.head.has(Role.UNIT) and not self.head.has(Role.ITEM)


class PhraseReader:
    """Reads the words behind an amount, one by one."""

    def __init__(self, line: Line, chunks: Sequence[Chunk], end: int, *, vague: bool = False) -> None:
        self.line, self.chunks, self.vague = line, chunks, vague
        self.phrase = Phrase(end=end)
        self.noun: list[Chunk] = []
        self.remark: list[Chunk] = []
        self.noun_over = False

    def read(self) -> Phrase:
        """Return what the words say."""
        for at, chunk in enumerate(self.chunks):
            if chunk.get(Role.SAYS) == "before":
                self.phrase.says = list(self.chunks[at:])
                break
            if self._take(chunk, at):
                continue
            self.phrase.rest = list(self.chunks[at:])
            break
        return self._finish()

    def _take(self, chunk: Chunk, at: int) -> bool:
        """Take a chunk into the phrase; False where it belongs to what follows."""
        if self._is_state(chunk, at):
            self._take_state(chunk)
        elif chunk.kind is Kind.SIGN:
            return self._take_sign(chunk, at)
        elif chunk.has(Role.TOTAL):
            self.phrase.total = True
        elif self.remark:
            self.remark.append(chunk)
        elif chunk.has(Role.OF) and self.vague and not self.noun:
            pass
        elif chunk.has(Role.REMARK, Role.OF):
            self.noun_over = True
            self.remark.append(chunk)
        elif chunk.has(*_NOT_NOUNS) and not chunk.has(Role.ITEM):
            return self._take_joint(chunk, at)
        elif chunk.has(*_EMPTY) and not chunk.has(Role.ITEM, Role.TROOPS, Role.UNIT):
            pass
        elif chunk.has(Role.MEN):
            self._take_noun(chunk)
            self.noun_over = self.noun_over or not self._leads(at)
        elif self.noun_over and not self._names_the_fallen(chunk, at):
            return False
        else:
            self._take_noun(chunk)
        return True

    def _is_state(self, chunk: Chunk, at: int) -> bool:
        """Tell whether a word says what became of the counted; of things first, "losses" are no state."""
        return chunk.has(*_STATES) and not (chunk.has(Role.ITEM) and not self.noun)

    def _take_state(self, chunk: Chunk) -> None:
        phrase = self.phrase
        if metric := chunk.get(Role.METRIC):
            if self.remark and phrase.metrics:
                return
            phrase.metrics.append(Metric(metric))
        if fate := chunk.get(Role.FATE):
            phrase.fates.append(ItemFate(fate))
        phrase.elsewise = phrase.elsewise or chunk.has(Role.ELSEWISE)
        self.noun_over = True
        if not self.remark:
            phrase.end = chunk.end

    def _take_noun(self, chunk: Chunk) -> None:
        self.noun.append(chunk)
        self.phrase.head = chunk
        self.phrase.end = chunk.end
        if self.phrase.is_complete:
            self.noun_over = True

    def _take_sign(self, chunk: Chunk, at: int) -> bool:
        """Let commas and slashes go on where more of the same follows."""
        if self.remark:
            self.remark.append(chunk)
            return True
        if chunk.is_sign("*", "†", '"', "“", "”", "'", "x", "%", "#"):
            return True
        if chunk.is_sign("-") and not self.noun and not self.phrase.is_complete:
            return True
        return chunk.is_sign(",", "/", "&", "-", "+") and self._goes_on(at)

    def _take_joint(self, chunk: Chunk, at: int) -> bool:
        if chunk.has(Role.PART):
            self.phrase.part = self.phrase.part or at == 0
            return at == 0
        return self._goes_on(at)

    def _goes_on(self, at: int) -> bool:
        """Tell whether after a joint come more nouns of a list, or more states."""
        after = islice(self.chunks, at + 1, at + 4)
        following = next((each for each in after if not (each.has(Role.JOINT) or each.is_sign(","))), None)
        if following is None:
            return False
        if following.has(*_STATES):
            return True
        names = following.kind is Kind.WORD and not following.has(Role.PART, Role.REMARK, Role.SAYS)
        return names and not self.noun_over

    def _leads(self, at: int) -> bool:
        """Tell whether "armed" or "other" stands before a noun of its own."""
        following = self.chunks[at + 1] if at + 1 < len(self.chunks) else None
        return (
            following is not None and following.kind is Kind.WORD and not following.has(*_STATES, Role.REMARK)
            and self.line.text[following.start].islower()
        )  # fmt: skip

    def _names_the_fallen(self, chunk: Chunk, at: int) -> bool:
        """Tell whether a noun follows its state: "40 captured soldiers"."""
        alone = at == 0 or self.chunks[at - 1].has(*_STATES, Role.MEN, Role.FILLER)
        return alone and not self.noun and chunk.has(Role.TROOPS, Role.CIVILIAN, Role.ITEM, Role.MEN)

    def _finish(self) -> Phrase:
        phrase, noun = self.phrase, list(self.noun)
        while noun and noun[0].has(Role.MEN) and not noun[0].has(Role.ITEM):
            del noun[0]
        phrase.generic = all(each.has(Role.TROOPS, Role.MEN, Role.JOINT) for each in noun)
        if noun and not all(each.has(Role.MEN) for each in noun):
            phrase.noun = " ".join(self.line.text[noun[0].start : noun[-1].end].split()).strip(" .,;")
        if self.remark:
            phrase.note = " ".join(self.line.text[self.remark[0].start : self.remark[-1].end].split())
        return phrase


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a figure or heads a list: whose, what became of them, a sum; each where it is said."""

    name: str = ""
    metric: Metric | None = None
    fate: ItemFate | None = None
    item: Item | None = None
    total: bool = False
    generic: bool = False
    claimants: tuple[str, ...] | None = None


def read_label(
    chunks: Sequence[Chunk], line: Line, claimants: tuple[str, ...] | None, *, governs: bool = True
) -> Label:
    """Return what a label says; a phrase that names claimants says nothing else, but what became of whom.

    Without a colon (`governs` false) it names somebody only where it begins like a name.
    """
    metrics = [Metric(value) for chunk in chunks if (value := chunk.get(Role.METRIC))]
    fates = [ItemFate(value) for chunk in chunks if (value := chunk.get(Role.FATE))]
    named = [chunk for chunk in chunks if chunk.kind is Kind.WORD and not chunk.has(*_STATES, *_NO_NAMES)]
    total = any(chunk.has(Role.TOTAL) for chunk in chunks)
    name = ""
    begins = line.text[named[0].start] if named else ""
    if named and claimants is None and (governs or not begins.islower()) and not chunks[-1].has(Role.OF):
        name = " ".join(line.text[named[0].start : named[-1].end].split()).strip(" .,;:-–")
    kind = named[-1].get(Role.ITEM) if named and len(chunks) <= 4 else None
    metric = Metric.CASUALTIES if {*_PERSONS_LOST} <= set(metrics) else (metrics[0] if metrics else None)
    return Label(
        name, metric, fates[0] if fates else None, Item(kind) if kind else None, total and not name,
        bool(named) and all(chunk.has(Role.TROOPS) for chunk in named), claimants,
    )  # fmt: skip
