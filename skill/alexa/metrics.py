"""What the door counts for whoever watches the skill: turns, refusals, sessions, workouts, faults.

Labels are names of ours or of Amazon's, out of fixed sets: what comes from outside and is none of
them counts as ``unknown``, so that nobody can fill the memory, and no id and no word that was said
is ever a label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ask_sdk_model.interfaces.system import ErrorType
from ask_sdk_model.session_ended_error_type import SessionEndedErrorType
from ask_sdk_model.session_ended_reason import SessionEndedReason
from prometheus_client import Counter, Histogram

from skill.alexa.intents import ANSWERS
from skill.coach.session import Phase, Session

UNKNOWN: Final = "unknown"

ASKED, TOLD, SILENT, FAILED = "asked", "told", "silent", "failed"
"""What came of a turn: the microphone opened; something was said, shown or played; nothing was;
a fault of ours, for which an apology was all there was."""

OUTCOMES = (ASKED, TOLD, SILENT, FAILED)

KINDS = frozenset(
    {
        "LaunchRequest",
        "SessionEndedRequest",
        "CanFulfillIntentRequest",
        "Connections.Response",
        "Alexa.Presentation.APL.UserEvent",
        "Alexa.Presentation.APL.RuntimeError",
        "Alexa.Presentation.APLA.RuntimeError",
        "AlexaSkillEvent.SkillDisabled",
        "AudioPlayer.PlaybackStarted",
        "AudioPlayer.PlaybackNearlyFinished",
        "AudioPlayer.PlaybackFinished",
        "AudioPlayer.PlaybackStopped",
        "AudioPlayer.PlaybackFailed",
        "PlaybackController.PlayCommandIssued",
        "PlaybackController.PauseCommandIssued",
        "PlaybackController.NextCommandIssued",
        "PlaybackController.PreviousCommandIssued",
        "System.ExceptionEncountered",
    }
)
"""Kinds of requests without an intent; they stand in its place."""

INTENTS = KINDS | ANSWERS.keys()

REFUSALS = frozenset(
    {
        "body-late",
        "signature-headers",
        "signature-encoding",
        "signature-mismatch",
        "certificate-url",
        "certificate-url-scheme",
        "certificate-url-host",
        "certificate-url-port",
        "certificate-url-path",
        "certificate-unreachable",
        "certificate-status",
        "certificate-too-large",
        "certificate-not-pem",
        "certificate-not-yet-valid",
        "certificate-expired",
        "certificate-name",
        "certificate-untrusted",
        "certificate-key",
        "certificate-backing-off",
        "certificate-too-many",
        "body-not-utf8",
        "body-not-json",
        "body-too-deep",
        "body-surrogate",
        "envelope-shape",
        "timestamp-unreadable",
        "timestamp-stale",
        "skill-id-missing",
        "skill-id-other",
        "not-verified",
        "request-entity-too-large",
        "method-not-allowed",
        "not-found",
    }
)
"""The table in ``skill.alexa.verify``, how Flask names what it refuses itself, and ``body-late`` of
``skill.whole_bodies``."""

ENDINGS = frozenset(reason.value for reason in SessionEndedReason)

COMPLAINTS = frozenset(each.value for each in (*SessionEndedErrorType, *ErrorType))

PLACES = ("turn", "request", "beside")
"""Where a fault of ours showed: in a turn, whose listener heard an apology; in a request to the
webhook, which got 500; in one to a route beside it."""

ANSWERED = ("sent", "refused", "missing")
"""How a request for sound went: with the sound or "not modified"; 4xx; 5xx, a clip is not there."""

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 8.0)
"""From a set turn (under a millisecond) to the time after which Alexa gives up."""

# Every series carries its help text where several processes count together, so it is kept short.
TURNS = Counter("hip_workout_turns", "Turns, by what came of them.", ("intent", "phase", "outcome"))
TURN_SECONDS = Histogram(
    "hip_workout_turn_seconds",
    "From the raw request to the raw answer; spoken: whether a listener waits for it.",
    ("spoken",),
    buckets=SECONDS,
)
REFUSED = Counter(
    "hip_workout_requests_refused", "Requests that were turned away unanswered.", ("reason",)
)
SESSIONS_ENDED = Counter(
    "hip_workout_sessions_ended", "Sessions that Amazon said had ended.", ("reason",)
)
COMPLAINED = Counter(
    "hip_workout_complaints", "Answers that Amazon or a device could not use.", ("error",)
)
WORKOUTS = Counter("hip_workout_workouts", "Workouts, by what became of them.", ("event",))
FAULTS = Counter("hip_workout_faults", "Faults of ours, by where they showed.", ("where",))
SOUND = Counter("hip_workout_sound_answers", "Requests for sound, by outcome.", ("outcome",))

_turns: dict[tuple[str, str, str], Counter] = {}
_waited: dict[bool, Histogram] = {}


def start_at_zero() -> None:
    """Show all but the many series of turns from now on: a rate needs a zero to begin at."""
    named: Mapping[Counter, Iterable[str]] = {
        REFUSED: REFUSALS | {UNKNOWN},
        SESSIONS_ENDED: ENDINGS | {UNKNOWN},
        COMPLAINED: COMPLAINTS | {UNKNOWN},
        WORKOUTS: ("started", "finished"),
        FAULTS: PLACES,
        SOUND: ANSWERED,
    }
    for counter, values in named.items():
        for value in sorted(values):
            counter.labels(value)
    _waiting(spoken=True)
    _waiting(spoken=False)


def count_turn(intent: str, phase: Phase | None, outcome: str) -> None:
    """Count a turn: an intent or a kind of request, the phase in which it found the listener.

    ``phase`` is None where a turn failed before that was known, or where it does not matter.
    """
    named = intent if intent in INTENTS else UNKNOWN
    key = (named, UNKNOWN if phase is None else phase.value, outcome)
    counter = _turns.get(key)
    if counter is None:
        counter = _turns[key] = TURNS.labels(*key)
    counter.inc()


def time_turn(seconds: float, *, spoken: bool) -> None:
    """Note how long an answer took; ``spoken``: whether a listener waits for it."""
    _waiting(spoken=spoken).observe(seconds)


def _waiting(*, spoken: bool) -> Histogram:
    found = _waited.get(spoken)
    if found is None:
        found = _waited[spoken] = TURN_SECONDS.labels("yes" if spoken else "no")
    return found


def count_workout(before: Session, after: Session) -> None:
    """Count a workout that began or was finished from one session to another."""
    if after.started and after.started != before.started:
        WORKOUTS.labels("started").inc()
    if after.ended and after.ended != before.ended:
        WORKOUTS.labels("finished").inc()


def count_refusal(reason: str) -> None:
    """Count a request that was turned away."""
    REFUSED.labels(reason if reason in REFUSALS else UNKNOWN).inc()


def count_session_end(reason: str | None, error: str | None) -> None:
    """Count a session that ended, and the complaint if it ended by one."""
    SESSIONS_ENDED.labels(reason if reason in ENDINGS else UNKNOWN).inc()
    if error is not None:
        count_complaint(error)


def count_complaint(error: str | None) -> None:
    """Count an answer that could not be used."""
    COMPLAINED.labels(error if error in COMPLAINTS else UNKNOWN).inc()


def count_fault(where: str) -> None:
    """Count a fault of ours; ``where`` is one of PLACES."""
    FAULTS.labels(where).inc()


def count_sound(status: int) -> None:
    """Count an answer to a request for sound, by its HTTP status."""
    SOUND.labels(ANSWERED[0 if status < 400 else 1 if status < 500 else 2]).inc()
