"""Reminders: which days and when, shall I set them, what became of it; list them, cancel them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from skill.coach.reminder import (
    EVERY_DAY,
    MOST_REMINDERS,
    About,
    Refusal,
    Reminder,
    Reminders,
    ReminderWish,
)
from skill.coach.reminder_phrases import HOUR, WEEKDAYS, phrase_of, phrases_of
from skill.coach.replace import replace
from skill.coach.reply import Consent, Line, Names, Reply, line
from skill.coach.session import Session
from skill.coach.turn import Turn

DAY_MINUTES = 24 * 60

NOT_ASKED_AGAIN_DAYS = 7
"""Amazon's rule of voice permissions: nobody who declined is asked again for so long."""

WORK_STARTS, WORK_ENDS = 9 * HOUR, 17 * HOUR
"""Of those who do not say from when to when they sit."""

DAYS = {
    "monday": (0,),
    "tuesday": (1,),
    "wednesday": (2,),
    "thursday": (3,),
    "friday": (4,),
    "saturday": (5,),
    "sunday": (6,),
    "weekdays": WEEKDAYS,
    "weekends": (5, 6),
    "every_day": EVERY_DAY,
}


def remind_workout(turn: Turn, days: Sequence[str], minute: int | None) -> Reply:
    """Begin to set reminders to work out, with what was said of days and time."""
    return _with_reminders(turn, lambda: _next(turn, _timed(turn, ReminderWish(), days, minute)))


def remind_get_up(turn: Turn, start: int | None, end: int | None) -> Reply:
    """Offer a reminder for each hour of the working day, in minutes since midnight.

    Nothing can ring every hour by itself: what a skill sets repeats every four hours at most.
    """
    first, last = start if start is not None else WORK_STARTS, end if end is not None else WORK_ENDS
    if last <= first:  # "from nine to five", and nobody said which five
        last += DAY_MINUTES // 2 if last + DAY_MINUTES // 2 > first else DAY_MINUTES
    hours = [minute % DAY_MINUTES for minute in range(first + HOUR, last, HOUR)]
    minutes = tuple(hours[:MOST_REMINDERS]) or (first,)
    wish = ReminderWish(About.GET_UP, EVERY_DAY, minutes)
    return _with_reminders(turn, lambda: _ask(turn, wish, line("reminder-hourly")))


def say_when(turn: Turn, days: Sequence[str], minute: int | None) -> Reply:
    """Take days and a time said on their own, for the reminders being set or cancelled."""
    wish = turn.session.reminding
    if wish is None:
        return turn.ask(turn.session, line("reminder-of-what", turn.session.said))
    if wish.cancels:
        return cancel_reminders(turn, days, minute)
    return _with_reminders(turn, lambda: _next(turn, _timed(turn, wish, days, minute)))


def say_hour(turn: Turn, hour: int) -> Reply:
    """Take a number said on its own for the hour of the reminders being set."""
    small_hours = hour < _EARLIEST_AS_SAID
    return say_when(turn, (), (hour + 12 if small_hours else hour) % 24 * HOUR)


_EARLIEST_AS_SAID = 6
"""Who says one to five without a part of the day means the afternoon."""


def wants_hour(session: Session) -> bool:
    """Say whether the open question is at what time."""
    return session.reminding is not None and not session.reminding.cancels


def confirm(turn: Turn, wish: ReminderWish) -> Reply:
    """Do what was asked: set the reminders, or cancel them."""
    if not (wish.cancels or wish.reminders):
        return _next(turn, wish)
    if wish.cancels:
        return _cancel(turn, wish)
    return _with_reminders(turn, lambda: _set(turn, wish, asks=True))


def leave(turn: Turn, wish: ReminderWish) -> Reply:
    """Set nothing, or cancel nothing."""
    phrase = "reminder-stays" if wish.cancels else "reminder-none-set"
    return _over(turn, line(phrase, turn.session.said))


def allowed(turn: Turn) -> Reply:
    """Go on after the listener has allowed reminders."""
    wish = turn.session.reminding
    if wish is None or wish.cancels or not wish.reminders:
        return _over(turn, line("reminder-allowed"))
    return _with_reminders(turn, lambda: _set(turn, wish, asks=False))


def declined(turn: Turn) -> Reply:
    """Take no for an answer: nobody asks again for a week."""
    session = replace(turn.session, declined=max(0, turn.now_ms), reminding=None)
    return turn.ask(session, line("reminder-declined"))


def unanswered(turn: Turn) -> Reply:
    """Leave the question in the companion app, when nobody answered it or it could not be put."""
    return replace(_over(turn, line("reminder-card")), consent=Consent.BY_CARD)


def list_reminders(turn: Turn) -> Reply:
    """Say which reminders are set."""

    def told(found: tuple[Reminder, ...]) -> Reply:
        if not found:
            return _over(turn, line("reminder-list-none", turn.session.said))
        names = phrases_of(found)
        return _over(turn, line("reminder-list", n=len(found), reminders=names))

    return _with_found(turn, told)


def cancel_reminders(turn: Turn, days: Sequence[str], minute: int | None) -> Reply:
    """Ask whether the reminders of these days and this time shall go; without either, all."""
    wish = _timed(turn, ReminderWish(cancels=True), days, minute)

    def asked(found: tuple[Reminder, ...]) -> Reply:
        unwanted = [reminder for reminder in found if wish.means(reminder)]
        if not unwanted:
            phrase = "reminder-list-none" if not found else "reminder-no-such"
            return _over(turn, line(phrase, turn.session.said))
        session = replace(turn.session, reminding=wish)
        names = phrases_of(unwanted)
        return turn.ask(session, line("reminder-cancel", n=len(unwanted), reminders=names))

    return _with_found(turn, asked)


def forget_all(reminders: Reminders | None) -> tuple[Line, ...]:
    """Cancel every reminder of a listener who is being forgotten; say so where some will stay."""
    found = reminders.all() if reminders is not None else ()
    if isinstance(found, Refusal):
        return (line("reminder-forget-stay"),)
    if reminders is not None and found and any(reminders.remove(found)):
        return (line("reminder-forget-stay"),)
    return ()


def _with_reminders(turn: Turn, answer: Callable[[], Reply]) -> Reply:
    """Answer where there can be reminders, and where the listener did not just decline them."""
    if turn.reminders is None:
        return _over(turn, line("reminder-not-here"))
    if not turn.reminders.allowed and _declined_lately(turn):
        return _over(turn, line("reminder-declined-lately"))
    return answer()


def _with_found(turn: Turn, answer: Callable[[tuple[Reminder, ...]], Reply]) -> Reply:
    if turn.reminders is None:
        return _over(turn, line("reminder-not-here"))
    found = turn.reminders.all()
    if isinstance(found, Refusal):
        return _over(turn, _reason(found))
    return answer(found)


def _declined_lately(turn: Turn) -> bool:
    since_ms = turn.now_ms - turn.session.declined
    return bool(turn.session.declined) and since_ms < NOT_ASKED_AGAIN_DAYS * DAY_MINUTES * 60_000


def _timed(turn: Turn, wish: ReminderWish, days: Sequence[str], minute: int | None) -> ReminderWish:
    """Return the wish with days and time as said; today and tomorrow make it one for once."""
    today = turn.past.today.weekday() if {"today", "tomorrow"} & set(days) else 0
    near = {"today": today, "tomorrow": (today + 1) % 7}
    named = {day for said in days for day in DAYS.get(said, ())}
    once = {near[said] for said in days if said in near}
    if days:
        wish = replace(wish, days=tuple(sorted(named or once)), once=bool(once) and not named)
    return wish if minute is None else replace(wish, minutes=(minute,))


def _next(turn: Turn, wish: ReminderWish) -> Reply:
    """Ask for what is not known yet; when all is, whether the reminders shall be set."""
    if _is_past(turn, wish):
        untimed = replace(turn.session, reminding=replace(wish, minutes=()))
        return turn.ask(untimed, line("reminder-time-past"))
    if wish.days and wish.minutes:
        return _ask(turn, wish)
    hint = () if wish.days else (line("reminder-how-often", turn.session.said),)
    return turn.ask(replace(turn.session, reminding=wish), *hint)


def _is_past(turn: Turn, wish: ReminderWish) -> bool:
    """Say whether this once is meant for a time of today that is over."""
    if not (wish.once and wish.minutes):
        return False
    now = turn.past.local_time()
    return now.weekday() in wish.days and wish.minutes[0] <= now.hour * HOUR + now.minute


def _ask(turn: Turn, wish: ReminderWish, *before: Line) -> Reply:
    """Read the reminders back: each one needs the listener's own yes."""
    n = len(wish.reminders)
    if n > MOST_REMINDERS:
        return _over(turn, line("reminder-most", n=n, most=MOST_REMINDERS))
    session = replace(turn.session, reminding=wish)
    what = line("reminder-offer", session.said, reminders=Names((phrase_of(wish),)))
    weekend = (line("reminder-weekends-too"),) if wish.about is About.GET_UP else ()
    return turn.ask(session, *before, what, *weekend)


def _set(turn: Turn, wish: ReminderWish, *, asks: bool) -> Reply:
    reminders, wanted = turn.reminders, wish.reminders
    assert reminders is not None, "who has no reminders was told so"  # noqa: S101 - for the types
    if asks and not reminders.allowed:
        session = replace(turn.session, reminding=wish)
        return Reply(session, (), consent=Consent.BY_VOICE)
    outcome = reminders.add(wanted)
    if Refusal.NOT_ALLOWED in outcome:
        return unanswered(turn)
    done = [each for each, refusal in zip(wanted, outcome, strict=True) if refusal is None]
    said = [line("reminder-set", turn.session.said, reminders=phrases_of(done))]
    return _over(turn, *(said if done else ()), *_not_done("reminder-not-set", wanted, outcome))


def _cancel(turn: Turn, wish: ReminderWish) -> Reply:
    def cancelled(found: tuple[Reminder, ...]) -> Reply:
        reminders = turn.reminders
        unwanted = tuple(reminder for reminder in found if wish.means(reminder))
        outcome = reminders.remove(unwanted) if reminders is not None else ()
        gone = (line("reminder-cancelled", n=outcome.count(None)),) if None in outcome else ()
        left = _not_done("reminder-not-cancelled", unwanted, outcome)
        return _over(turn, *(gone or (() if left else (line("reminder-list-none"),))), *left)

    return _with_found(turn, cancelled)


def _over(turn: Turn, *said: Line) -> Reply:
    """Say what became of it and go back to where the listener was."""
    return turn.ask(replace(turn.session, reminding=None), *said)


def _not_done(
    phrase: str, wanted: Iterable[Reminder], outcome: Iterable[Refusal | None]
) -> list[Line]:
    """Name what was not done, and why, each reason once."""
    failed: dict[Refusal, list[Reminder]] = {}
    for reminder, refusal in zip(wanted, outcome, strict=True):
        if refusal is not None:
            failed.setdefault(refusal, []).append(reminder)
    told: list[Line] = []
    for refusal, reminders in failed.items():
        told += [line(phrase, reminders=phrases_of(reminders)), _reason(refusal)]
    return told


def _reason(refusal: Refusal) -> Line:
    return line(f"reminder-refused-{refusal.value.replace('_', '-')}")
