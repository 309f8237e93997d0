"""A coach's reply as Amazon's response: speech or paced sound, reprompt, card, open microphone."""

from __future__ import annotations

from ask_sdk_model import Response
from ask_sdk_model.interfaces.alexa.presentation.apla import RenderDocumentDirective
from ask_sdk_model.interfaces.connections import SendRequestDirective
from ask_sdk_model.ui import (
    AskForPermissionsConsentCard,
    Reprompt,
    SimpleCard,
    SsmlOutputSpeech,
)

from skill.alexa.streams import Streams
from skill.coach.reply import Consent, Reply
from skill.render.apla import apla
from skill.render.ssml import ssml
from skill.render.text import card
from skill.render.words import Words

REMINDERS_SCOPE = "alexa::alerts:reminders:skill:readwrite"
TOKEN = "hip-workout"  # noqa: S105 - names the document to the device, it is no secret


def respond(reply: Reply, words: Words, streams: Streams | None = None) -> Response:
    """Return the response. A question opens the microphone, and nothing else does.

    A paced script is played from its recording, where there are ``streams``. Otherwise it goes as
    one APL-for-Audio document with the question inside, because that sound plays after any speech.
    """
    if reply.consent is Consent.BY_VOICE:
        return _ask_consent()
    response = Response(should_end_session=not reply.listens)
    recorded = streams.recorded(reply) if streams is not None else None
    if recorded is not None:
        response.output_speech = SsmlOutputSpeech(ssml=recorded)
    elif reply.paced:
        document = apla(reply.script, words)
        response.directives = [RenderDocumentDirective(token=TOKEN, document=document)]
    elif reply.script:
        response.output_speech = SsmlOutputSpeech(ssml=ssml(reply.script, words))
    if streams is not None and reply.stream is not None:
        response.directives = streams.directives(reply.stream)
    if reply.reprompt:
        response.reprompt = Reprompt(SsmlOutputSpeech(ssml=ssml(reply.reprompt, words)))
    if reply.card is not None:
        title, content = card(reply.card, words)
        response.card = SimpleCard(title=title, content=content)
    elif reply.consent is Consent.BY_CARD:
        response.card = AskForPermissionsConsentCard(permissions=[REMINDERS_SCOPE])
    return response


def _ask_consent() -> Response:
    """Have Alexa ask for the permission. She speaks, and brings the answer as a new request."""
    payload: dict[str, object] = {
        "@type": "AskForPermissionsConsentRequest",
        "@version": "1",
        "permissionScope": REMINDERS_SCOPE,
    }
    directive = SendRequestDirective(name="AskFor", payload=payload, token=TOKEN)
    return Response(directives=[directive], should_end_session=True)
