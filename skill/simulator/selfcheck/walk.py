"""Walks breadth first through all that can be said and done, and has every answer looked at."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from skill.coach.session import Session
from skill.simulator.conversation import Conversation, Step
from skill.simulator.deeds import Deed
from skill.simulator.limits import ResponseRefused
from skill.simulator.replay import heard_of
from skill.simulator.selfcheck.moves import SILENCE, moments, silent_moves
from skill.simulator.selfcheck.phrases import Phrasebook
from skill.simulator.selfcheck.promises import Suggestion, suggested
from skill.simulator.selfcheck.rules import RULES
from skill.simulator.selfcheck.states import Detail, Key, State, key_of, session_of
from skill.simulator.selfcheck.touching import Touch, as_by_voice, on_the_screen, unreadable
from skill.simulator.selfcheck.trial import Moment, Setting, Trial
from skill.simulator.selfcheck.visit import ELSEWHERE, Language, Visit
from skill.simulator.touchables import Touchable
from skill.simulator.turn import Turn

SUGGESTIONS = "suggestions"
"""Name of the rule that says what is suggested, to see whether it is understood."""

TOUCHES = "touch and voice"
"""Name of the rule that touches whatever is on a screen, and says the same."""


@dataclass(frozen=True)
class Effort:
    """How thorough a walk is."""

    detail: Detail = Detail.USUAL

    shares: tuple[float, ...] = (0.4,)
    """At which parts of a sound it is spoken into."""

    everything: bool = False
    """Whether odd and other slots are said in every state, not only in a few."""

    known: frozenset[Key] = frozenset()
    """States in which all was said before, with another device. Here they are passed through: a few
    things are said in them, and none into the sound."""

    most_states: int = 1_000_000
    """After so many, things touched included, the walk ends, wherever it is."""


@dataclass(frozen=True)
class Fault:
    """Something wrong, and the shortest conversation in which it was found."""

    rule: str
    message: str
    setting: str
    conversation: Conversation


@dataclass
class Walked:
    """What a walk has found."""

    setting: str
    states: dict[Key, State] = field(default_factory=dict)
    transitions: set[tuple[Key, str, bool]] = field(default_factory=set)
    """State, what was said or done, and whether into the sound."""

    turns: int = 0
    faults: dict[tuple[str, str], Fault] = field(default_factory=dict)
    """By rule and message."""

    found: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often."""

    heard: set[str] = field(default_factory=set)
    """Texts of the lines that were heard."""


class _Finger(NamedTuple):
    """Something on a screen that is to be touched."""

    state: State
    on: Touchable
    at_ms: int | None
    """How far into the sound; None: after the end."""


class Walk:
    """One walk with one device. To be made for one use."""

    def __init__(
        self, setting: Setting, book: Phrasebook, language: Language, effort: Effort
    ) -> None:
        self._setting = setting
        self._book = book
        self._language = language
        self._effort = effort
        self._waiting: deque[State | _Finger] = deque()
        self._offered: set[tuple[str, str, Key]] = set()
        self._pointed_at: set[tuple[object, ...]] = set()
        self._odd_in: set[str] = set()
        self.walked = Walked(setting.name)

    def go(self) -> Walked:
        """Walk until there is no state left that is not known."""
        first = Trial(self._setting).moment()
        session = Session()
        self._arrive(State(key_of(first.device, session, self._effort.detail), first, session))
        for _ in range(self._effort.most_states):
            if not self._waiting:
                break
            following = self._waiting.popleft()
            if isinstance(following, _Finger):
                self._touch(*following)
                continue
            for step in self._steps(following):
                self._try(following, step)
        return self.walked

    def _steps(self, state: State) -> Iterator[Step]:
        shares = () if state.key in self._effort.known else self._effort.shares
        times = tuple(moments(state.moment, shares))
        for words in self._words(state):
            for at_ms in times:
                yield Step(words, at_ms)
        if state.key not in self._effort.known:
            yield from (Step(at_ms=at_ms, deed=ELSEWHERE) for at_ms in times)
            yield from silent_moves(state.moment)
        if state.moment.device.in_session:
            yield SILENCE

    def _words(self, state: State) -> tuple[str, ...]:
        """Return what is said in a state: odd things once in each phase."""
        spoken = self._language.spoken
        if state.key in self._effort.known:
            return spoken.ways
        phase = state.key.phase
        if not self._effort.everything and (state.key.question or phase in self._odd_in):
            return spoken.plain
        self._odd_in.add(phase)
        return spoken.everything

    def _try(self, state: State, step: Step) -> None:
        trial = Trial(self._setting, state.moment)
        visit = self._visit(state, step, trial)
        self._look_at(visit)
        if visit.turn is None and not visit.refused and step.deed is None:
            return
        if step == SILENCE and trial.device.in_session and not visit.kind:
            self._silent_again(visit, trial)
            return
        self._go_on(visit, trial)

    def _visit(self, state: State, step: Step, trial: Trial) -> Visit:
        turn, refused = None, ""
        try:
            turn = trial.take(step)
        except ResponseRefused as fault:
            refused = fault.reason
        self.walked.turns += 1
        device = trial.device
        visit = Visit(state, step, device, self._book, self._language, turn, refused)
        self.walked.transitions.add((state.key, visit.move, step.at_ms is not None))
        self.walked.heard.update(said.text for said in visit.said)
        return visit

    def _silent_again(self, visit: Visit, trial: Trial) -> None:
        """Keep silent after the reprompt: the session must end."""
        moment = trial.moment()
        state = self._state(visit, moment)
        again = Trial(self._setting, moment)
        second = self._visit(state, SILENCE, again)
        self._look_at(second)
        if again.device.in_session:
            self._fault("reprompt", "silence after the reprompt does not end the session", second)
        self._go_on(second, again)

    def _go_on(self, visit: Visit, trial: Trial) -> None:
        """Say what was suggested, and remember what is new: the state, and things to touch."""
        moment = trial.moment()
        state = self._state(visit, moment)
        self._arrive(state)
        self._point_at(state, visit)
        if state.key in self._effort.known:
            return
        for phrase, words, intent in visit.invited():
            if (phrase, words, state.key) not in self._offered:
                self._offered.add((phrase, words, state.key))
                self._say_suggested(state, phrase, words, intent)

    def _point_at(self, state: State, visit: Visit) -> None:
        """Remember what is on the screen, to be touched when its turn has come."""
        key = state.key
        near = (key.phase, key.question) if self._effort.detail is Detail.COARSE else key
        for at_ms in moments(state.moment, self._effort.shares):
            shown = on_the_screen(visit.turn, at_ms)
            for on in shown:
                thing = (near, at_ms is None, repr(on))
                if thing in self._pointed_at:
                    continue
                self._pointed_at.add(thing)
                amiss = tuple(unreadable(on, shown))
                for message in amiss:
                    self._fault(TOUCHES, message, visit)
                if not amiss:
                    self._waiting.append(_Finger(state, on, at_ms))

    def _touch(self, state: State, on: Touchable, at_ms: int | None) -> None:
        """Touch something, and say its name at the same moment."""
        trial = Trial(self._setting, state.moment)
        touched = self._visit(state, Step(at_ms=at_ms, deed=Deed("touch", on.words)), trial)
        self._look_at(touched)
        if touched.turn is not None:
            self._go_on(touched, trial)
        said = self._visit(state, Step(on.words, at_ms), Trial(self._setting, state.moment))
        for message in as_by_voice(Touch(on, touched, said)):
            self._fault(TOUCHES, message, touched)

    def _say_suggested(self, state: State, phrase: str, words: str, intent: str) -> None:
        at_ms = next(moments(state.moment, ()))
        said = self._visit(state, Step(words, at_ms), Trial(self._setting, state.moment))
        for message in suggested(Suggestion(phrase, words, intent, said)):
            self._fault(SUGGESTIONS, message, said)

    def _state(self, visit: Visit, moment: Moment) -> State:
        turn, before = visit.turn, visit.before
        attributes = turn.response.get("sessionAttributes") or {} if turn else {}
        session = session_of(attributes) or (Session() if _is_forgotten(turn) else before.session)
        key = key_of(moment.device, session, self._effort.detail)
        heard = turn if turn is not None and turn.playback.sounds else None
        step = replace(visit.step, said=heard_of(turn))
        return State(key, moment, session, (*before.steps, step), heard)

    def _arrive(self, state: State) -> None:
        if state.key not in self.walked.states:
            self.walked.states[state.key] = state
            self._waiting.append(state)

    def _look_at(self, visit: Visit) -> None:
        for name, rule in RULES.items():
            for message in rule(visit):
                self._fault(name, message, visit)

    def _fault(self, rule: str, message: str, visit: Visit) -> None:
        known, key = self.walked.faults, (rule, message)
        self.walked.found[key] = self.walked.found.get(key, 0) + 1
        said = visit.refused or heard_of(visit.turn)
        steps = (*visit.before.steps, replace(visit.step, said=said))
        if key not in known or len(known[key].conversation.steps) > len(steps):
            known[key] = Fault(rule, message, self._setting.name, Conversation(steps))


def _is_forgotten(turn: Turn | None) -> bool:
    """Say whether the coach has forgotten the listener: a session without what it remembers."""
    return (
        turn is not None
        and turn.request is not None
        and turn.response.get("sessionAttributes") == {}
    )
