from __future__ import annotations

import pytest

from skill.endpoint import BadEndpoint, Endpoint, read_endpoint, read_site

GOOD = {
    "https://coach.example/alexa": Endpoint("https://coach.example/alexa", "coach.example"),
    "https://Coach.Example:443/alexa": Endpoint("https://coach.example/alexa", "coach.example"),
    "https://a-b.c1.example.org/x/y": Endpoint(
        "https://a-b.c1.example.org/x/y", "a-b.c1.example.org"
    ),
    "arn:aws:lambda:us-east-1:123456789012:function:hip-workout": Endpoint(
        "arn:aws:lambda:us-east-1:123456789012:function:hip-workout", None
    ),
    "arn:aws:lambda:ap-northeast-1:123456789012:function:hip_workout:live": Endpoint(
        "arn:aws:lambda:ap-northeast-1:123456789012:function:hip_workout:live", None
    ),
}

BAD = {
    "http://coach.example/alexa": "https://",
    "coach.example/alexa": "https://",
    "ftp://coach.example/alexa": "https://",
    "": "https://",
    "https://coach.example:8443/alexa": "port 8443",
    "https://coach.example:99999/alexa": "no address",
    "https://203.0.113.7/alexa": "needs a name",
    "https://[2001:db8::1]/alexa": "needs a name",
    "https://[2001:db8::1/alexa": "no address",
    "https://localhost/alexa": "reached from everywhere",
    "https://coach/alexa": "reached from everywhere",
    "https://coach.local/alexa": "reached from everywhere",
    "https://coach.internal/alexa": "reached from everywhere",
    "https://-coach.example/alexa": "reached from everywhere",
    "https:///alexa": "reached from everywhere",
    "https://coach.example": "https://coach.example/alexa",
    "https://coach.example/": "https://coach.example/alexa",
    "https://me:secret@coach.example/alexa": "nothing else",
    "https://coach.example/alexa?a=b": "nothing else",
    "https://coach.example/alexa#a": "nothing else",
    "arn:aws:lambda:us-east-1:12345:function:hip-workout": "not the ARN",
    "arn:aws:lambda:us-east-1:123456789012:hip-workout": "not the ARN",
    "arn:aws:lambda::123456789012:function:hip-workout": "not the ARN",
    "arn:aws:s3:us-east-1:123456789012:function:hip-workout": "not the ARN",
    "arn:aws:lambda:us-east-1:123456789012:function:hip-workout:$LATEST": "not the ARN",
    "arn:aws:lambda:us-east-1:123456789012:function:hip workout": "not the ARN",
}


@pytest.mark.parametrize("text", GOOD)
def test_an_endpoint_that_amazon_takes_is_read(text: str) -> None:
    assert read_endpoint(text) == GOOD[text]


@pytest.mark.parametrize("text", BAD)
def test_what_amazon_would_refuse_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(BadEndpoint) as refused:
        read_endpoint(text)
    assert BAD[text] in str(refused.value)


def test_the_pages_are_on_the_endpoints_host_unless_it_is_a_function() -> None:
    assert read_endpoint("https://coach.example/a/alexa").site == "https://coach.example"
    assert read_endpoint("arn:aws:lambda:us-east-1:123456789012:function:x").site is None


def test_pages_may_be_below_a_path() -> None:
    assert read_site("https://Coach.example/hip/") == "https://coach.example/hip"
    with pytest.raises(BadEndpoint):
        read_site("http://coach.example")
