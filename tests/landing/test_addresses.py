"""No password and no signature in what tables, logs and error sentences show."""

import pytest

from flows.landing.addresses import public, scrub


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("sftp://reader:geheim@drop.example:2222/in", "sftp://drop.example:2222/in"),
        ("https://reader:ge%40heim@a.example/in/", "https://a.example/in/"),
        ("https://reader:ge@heim@a.example/in/", "https://a.example/in/"),
        ("https://a.example/1.txt?id=5&token=geheim", "https://a.example/1.txt?id=5"),
        ("https://a.example/1.txt?X-Amz-Credential=AK&X-Amz-Signature=geheim&X-Amz-Date=1", "https://a.example/1.txt"),
        ("https://a.example/1.txt?sv=2026&se=2026-11-24&sig=geheim", "https://a.example/1.txt"),
        ("https://a.example/@writer/خبر?id=5&page=2", "https://a.example/@writer/خبر?id=5&page=2"),
        ("https://a.example:8080/a@b", "https://a.example:8080/a@b"),
        ("s3://bucket/in", "s3://bucket/in"),
        ("data/landing", "data/landing"),
    ],
)
def test_an_address_is_shown_without_secrets(address, shown):
    assert public(address) == shown


@pytest.mark.parametrize(
    "message",
    [
        "can't connect to sftp://reader:geheim@drop.example/in",
        "GET https://a.example/1?x=1&X-Amz-Signature=geheim failed",
        "GET https://a.example/1?sig=geheim",
        "the password «geheim-aus-der-umgebung» was refused",
    ],
)
def test_a_message_is_shown_without_secrets(message, monkeypatch):
    monkeypatch.setenv("FSSPEC_SFTP_PASSWORD", "geheim-aus-der-umgebung")
    assert "geheim" not in scrub(message)


def test_a_plain_message_stays_as_it_is():
    assert scrub("404 Not Found: /خبر.txt?id=5") == "404 Not Found: /خبر.txt?id=5"
