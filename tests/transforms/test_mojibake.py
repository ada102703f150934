"""UTF-8 that was read as another encoding: what it becomes, and the one edit that says so."""

from collections.abc import Callable

import polars as pl
import pytest

from transforms.cleaning import clean
from transforms.mojibake import repaired

Raw = Callable[..., pl.DataFrame]
Undone = Callable[..., str]

LEDGER = ["raw_start", "raw_end", "raw_text", "replacement", "reason"]
TEXT = "قال الوزير، أمس، إن «العمل» مستمر.\nوأضاف أن التفاصيل غدا"


def misread(text: str, encoding: str) -> str:
    return text.encode().decode(encoding)


def misread_1252(text: str) -> str:
    """As web browsers read it: the five bytes without a character in windows-1252 become control characters."""
    return "".join(
        bytes([byte]).decode("cp1252", "replace") if byte not in UNDEFINED else chr(byte) for byte in text.encode()
    )


UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


@pytest.mark.parametrize(
    ("raw_text", "meant"),
    [
        (misread(TEXT, "latin-1"), TEXT),
        (misread_1252(TEXT), TEXT),
        (misread(TEXT, "cp1256"), TEXT),
        (misread(misread(TEXT, "latin-1"), "latin-1"), TEXT),  # misread twice
        ("Ø§Ù„Ù‚Ø§Ù‡Ø±Ø©", "القاهرة"),
        ("ط§ظ„ظ‚ط§ظ‡ط±ط©", "القاهرة"),
        (f"عنوان سليم {misread('الوزراء', 'latin-1')} هنا", "عنوان سليم الوزراء هنا"),  # a part of the text alone
        ("قال â€œنعمâ€\x9d ثم مضى", "قال “نعم” ثم مضى"),
    ],
)
def test_text_is_read_as_it_was_meant(raw: Raw, raw_text: str, meant: str) -> None:
    sound, edits = repaired(raw(("عنوان", raw_text)).with_row_index("row"))
    assert sound.item(0, "body") == meant
    assert edits.select(LEDGER).rows() == [(0, len(raw_text), raw_text, meant, "mojibake")]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "",
        "Ørsted وÅngström في Øresund وÙ وحدها",
        "São Paulo, Malmö, Nîmes, “quotes”, l’été, 25 °C, ½",
        "طبّقت الحكومة ط©ا",  # a sign behind one letter proves nothing
        "ظ‚",
        "پاکستان ژاله چین گوگل",
        "5 € و£3 «نص» … – ©",
    ],
)
def test_sound_text_stays(raw: Raw, text: str) -> None:
    sound, edits = repaired(raw((text, text)).with_row_index("row"))
    assert sound.select("title", "body").row(0) == (text, text)
    assert edits.is_empty()


def test_other_edits_of_the_part_count_in_the_repaired_text(raw: Raw, undone: Undone) -> None:
    title, body = misread("عنوان  طويل", "latin-1"), misread("قال.\n\nثم مضى &amp; عاد ", "latin-1")
    texts, edits = clean(raw((title, body), ("عنوان", " نص  سليم")).with_row_index("row"))
    assert texts.rows() == [(0, "عنوان طويل", "قال.\nثم مضى & عاد"), (1, "عنوان", "نص سليم")]
    assert edits.filter(row=0).select("edit_no", "part", *LEDGER).rows() == [
        (1, "title", 0, len(title), title, "عنوان  طويل", "mojibake"),
        (2, "title", 5, 7, "  ", " ", "whitespace"),
        (3, "body", 0, len(body), body, "قال.\n\nثم مضى &amp; عاد ", "mojibake"),
        (4, "body", 4, 6, "\n\n", "\n", "whitespace"),
        (5, "body", 13, 18, "&amp;", "&", "entity"),
        (6, "body", 22, 23, " ", "", "whitespace"),
    ]
    assert edits.filter(row=1)["edit_no"].to_list() == [1, 2]
    for part, raw_text in (("title", title), ("body", body)):
        ledger = edits.filter(row=0, part=part).select(LEDGER).rows()
        assert undone(texts.item(0, part), ledger) == raw_text
