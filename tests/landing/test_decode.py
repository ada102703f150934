"""Bytes as outlets deliver them -> Arabic text and the name of its encoding."""

import codecs
import gzip
from random import Random

import pytest

from flows.landing.decode import decode
from flows.landing.faults import Fault

NEWS = "أعلنت وزارة الصحة اليوم ارتفاع نسبة التلقيح.\nوقال الوزير إنّ «الوضع مستقر» في 12 محافظة؛ والمدارس مفتوحة."
ENGLISH = "The ministry said today that schools stay open.\n"
NOISE = Random(1).randbytes(4000)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010101006000600000ffdb004300") + NOISE
ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\x3e\x00\x01\x00\x00\x00" + NOISE


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (NEWS.encode(), "utf-8"),
        (codecs.BOM_UTF8 + NEWS.encode(), "utf-8-sig"),
        (NEWS.encode("utf-16-le"), "utf-16-le"),
        (NEWS.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF16_LE + NEWS.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + NEWS.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF32_LE + NEWS.encode("utf-32-le"), "utf-32"),
        (codecs.BOM_UTF32_BE + NEWS.encode("utf-32-be"), "utf-32"),
    ],
)
def test_an_encoding_of_unicode_is_recognised(data, encoding):
    assert decode(data) == (NEWS, encoding)


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت وزارة الصحة اليوم.\r\n\r\nوقال الوزير إن الوضع مستقر.\r\n",
        "خبر عاجل",
        "قال المتحدث باسم Apple في المؤتمر: «لا تعليق» — وغادر القاعة.",
        "اجتمع السيّد الوزير مع مسؤولين من عدّة دول، لمناقشة الأزمة.",
    ],
)
def test_windows_1256_is_recognised_by_its_arabic(text):
    assert decode(text.encode("windows-1256")) == (text, "windows-1256")


@pytest.mark.parametrize(
    "text", [ENGLISH, "نص", "a", "  \n", "Le président était à Tunis, où il a été reçu.", "عربي and English"]
)
def test_a_valid_utf_8_text_is_never_taken_for_another_encoding(text):
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-16-le", "utf-16", "utf-8"])
def test_a_stated_encoding_is_taken(encoding):
    text = "أعلنت وزارة الصحة اليوم."
    assert decode(text.encode(encoding), encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_mark_at_the_start_is_no_part_of_a_text_of_stated_encoding(encoding):
    assert decode(f"\ufeff{NEWS}".encode(encoding), encoding) == (NEWS, encoding)


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("text", [NEWS, "خبر"])
def test_a_file_cut_in_a_letter_is_still_read(text, mark):
    cut, _ = decode(mark + f"{text}و".encode()[:-1])
    assert cut == f"{text}\ufffd"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_utf_16_file_cut_in_a_letter_is_still_read(encoding):
    cut, recorded = decode(f"{NEWS}و".encode(encoding)[:-1])
    assert (cut, recorded) == (f"{NEWS}\ufffd", encoding)


@pytest.mark.parametrize("places", [(10,), (10, 60), (10, 61, 120), (0, 1, 2)])
def test_a_few_broken_bytes_cost_their_letters_only(places):
    data = bytearray(NEWS.encode())
    for place in places:
        data[place] = 0xFF
    text, encoding = decode(bytes(data))
    assert encoding == "utf-8"
    assert [word for word in NEWS.split() if word in text.split()][-3:] == ["محافظة؛", "والمدارس", "مفتوحة."]
    assert 1 <= text.count("\ufffd") <= 2 * len(places)


@pytest.mark.parametrize(
    ("data", "stated", "reason"),
    [
        pytest.param(b"", None, "empty_file", id="empty"),
        pytest.param(b"", "utf-8", "empty_file", id="empty, stated"),
        pytest.param(JPEG, None, "not_text", id="JPEG"),
        pytest.param(ELF, None, "not_text", id="ELF"),
        pytest.param(NOISE, None, "not_text", id="random bytes"),
        pytest.param(bytes(100), None, "not_text", id="zero bytes"),
        pytest.param(gzip.compress(NEWS.encode() * 9), None, "not_text", id="gzip"),
        pytest.param(JPEG, "windows-1256", "not_text", id="JPEG, stated windows-1256, where every byte is a letter"),
        pytest.param(NEWS.encode("utf-16-le"), "windows-1256", "not_text", id="UTF-16, stated windows-1256"),
        pytest.param(NEWS.encode("windows-1256"), "utf-8", "undecodable", id="windows-1256, stated UTF-8"),
        pytest.param(codecs.BOM_UTF8 + NEWS.encode("cp1256"), None, "undecodable", id="a mark that does not hold"),
        pytest.param(bytes(range(0x80, 0x100)) * 9, None, "undecodable", id="bytes of no encoding"),
        pytest.param(
            (ENGLISH + NEWS).encode() * 900 + b"\xff\xfe\xfd\xf8" * 20_000,
            None,
            "undecodable",
            id="a good start, then rubbish",
        ),
    ],
)
def test_what_is_no_text_is_named(data, stated, reason):
    with pytest.raises(Fault) as fault:
        decode(data, stated)
    assert fault.value.reason == reason
    assert fault.value.detail
