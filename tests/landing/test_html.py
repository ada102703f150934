"""HTML pages: one article a page, its facts from the page's own metadata. Whole pages: tests/nights/html_pages."""

import time

import pytest

from flows.landing.faults import Fault
from flows.landing.forms import html
from flows.landing.sources import Fields
from tests.loopback_only import guard

FIRST = "أعلنت بلدية صفاقس، اليوم، بدء العمل في توسعة الميناء القديم، وهو مشروع ينتظره الصيادون منذ عشر سنوات."
SECOND = "وقال رئيس البلدية إن «الأشغال تنتهي في الصيف المقبل»، وإن كلفتها تبلغ أربعين مليون دينار."
HEAD = '<meta property="og:title" content="توسعة ميناء صفاقس">'


def page(head: str = HEAD, body: str = f"<p>{FIRST}</p><p>{SECOND}</p>") -> str:
    return f'<!doctype html><html lang="ar"><head>{head}</head><body><article>{body}</article></body></html>'


def article(text: str) -> dict[str, str | None]:
    (columns,) = html.read(text, Fields())
    return columns


def test_paragraphs_are_lines():
    assert article(page())["body"] == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    "extra",
    [
        "<h1>توسعة ميناء صفاقس</h1>",
        '<p><a href="/2">اقرأ أيضا: أسعار السمك</a></p>',
        "<script>document.write('إعلان')</script>",
        "<style>p { color: red }</style>",
        "<!-- نهاية الخبر -->",
        "<nav><a href='/'>الرئيسية</a></nav>",
        "<footer>جميع الحقوق محفوظة</footer>",
    ],
)
def test_what_is_no_paragraph_is_left_out(extra):
    assert article(page(body=f"{extra}<p>{FIRST}</p>{extra}<p>{SECOND}</p>{extra}"))["body"] == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    ("head", "column", "value"),
    [
        ("<title>توسعة ميناء صفاقس</title>", "title", "توسعة ميناء صفاقس"),
        ('<link rel="canonical" href="https://a.example/1">', "url", "https://a.example/1"),
        ('<meta property="og:url" content="https://a.example/1">', "url", "https://a.example/1"),
        ('<meta name="author" content="أمل القاسمي">', "author", "أمل القاسمي"),
        ('<meta name="description" content="الأشغال تبدأ اليوم.">', "abstract", "الأشغال تبدأ اليوم."),
        ('<meta property="article:section" content="محليات">', "category", "محليات"),
        ('<meta property="article:published_time" content="2026-11-17T08:30+01:00">', "published",
         "2026-11-17T08:30+01:00"),
        ('<meta itemprop="datePublished" content="2026-11-17T08:30">', "published", "2026-11-17T08:30"),
        ('<meta name="date" content="2026-11-17">', "published", "2026-11-17"),
        ('<meta property="article:modified_time" content="2026-11-18">', "delivered", "2026-11-18"),
        ('<script type="application/ld+json">[{"datePublished": "2026-11-17"}]</script>', "published", "2026-11-17"),
        ('<script type="application/ld+json">{"datePublished": "2026-11-17", "mainEntityOfPage": {"@id": "https://a.example/2"}}</script>',
         "url", "https://a.example/2"),
        ('<script type="application/ld+json">{"datePublished": </script>', "published", None),
        ('<meta property="article:published_time" content="2099-01-01">', "published", "2099-01-01"),
    ],
)  # fmt: skip
def test_facts_come_from_the_metadata(head, column, value):
    assert article(page(HEAD + head))[column] == value


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p> </p>",
        "<ul><li><a href='/1'>توسعة ميناء صفاقس</a></li><li><a href='/2'>أسعار السمك في السوق</a></li></ul>",
        "<script>var text = 'خبر';</script>",
    ],
)
def test_a_page_without_an_article_is_no_text(body):
    with pytest.raises(Fault) as fault:
        article(page(body=body))
    assert (fault.value.reason, fault.value.excerpt) in [("no_text", "توسعة ميناء صفاقس"), ("no_text", "")]


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [
        ('<meta charset="windows-1256">', "windows-1256"),
        ("<META CONTENT='text/html; charset=windows-1256' HTTP-EQUIV=Content-Type>", "windows-1256"),
        ("<meta charset=cp1256>", "windows-1256"),
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="iso-8859-6">', "iso8859-6"),
        ('<meta charset="iso-8859-1">', "windows-1252"),
        ('<meta charset="klingon">', None),
        ('<meta charset="base64">', None),
        ("", None),
    ],
)
def test_the_encoding_is_as_the_page_states_it(stated, encoding):
    assert html.charset(page(stated).encode("windows-1256")) == encoding


def test_what_stands_in_a_text_file_states_nothing():
    assert html.charset(b'How to write <meta charset="windows-1256"> in a page') is None


@pytest.mark.parametrize(
    ("stated", "real"), [("utf-8", "windows-1256"), ("windows-1256", "utf-8"), ("utf-16", "utf-8")]
)
def test_a_page_of_another_encoding_than_it_states_is_read(read_files, stated, real):
    found = read_files({"a/1.html": page(f'<meta charset="{stated}">').encode(real)})
    assert found.raw.select("body", "encoding").rows() == [(f"{FIRST}\n{SECOND}", real)]


BOMB = "<!DOCTYPE html [<!ENTITY a0 'انفجار'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
)  # fmt: skip
HOSTILE = {
    "an entity bomb": f"{BOMB}]><html><body><p>{FIRST} &a11;</p><p>{SECOND}</p></body></html>",
    "an entity of a file": '<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd">]><html><body><p>&f;</p></body></html>',
    "an entity of a server": '<!DOCTYPE html [<!ENTITY f SYSTEM "http://192.0.2.1/x">]><html><body><p>&f;</p></body></html>',
    "a frame of a server": page(body='<iframe src="http://192.0.2.1/"></iframe><img src="http://192.0.2.1/1.png">'),
    "a tower of tags": "<html><body>" + "<div>" * 100_000 + FIRST,
    "a million attributes": "<html><body " + "a='1' " * 200_000 + f"><p>{FIRST}</p>",
    "a page of nothing but open tags": "<html" + "<" * 100_000,
    "a million entities": "<html><body><p>" + "&amp;" * 200_000 + "</p></body></html>",
    "a flood": "<html>" + "ا" * 5_000_001,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_costs_little_and_asks_nobody(text):
    began, asked = time.monotonic(), len(guard.refused)
    try:
        given = article(text)["body"]
    except Fault as fault:
        given = fault.excerpt
    assert time.monotonic() - began < 10
    assert len(given) < 2_000_000
    assert "root:" not in given
    assert len(guard.refused) == asked


def test_the_same_page_gives_the_same_article_whatever_was_read_before():
    first = article(page())
    for _ in range(3):
        article(page(body=f"<p>{SECOND}</p><p>{FIRST}</p>"))
    assert article(page()) == first
