"""Which form a file has, by its content."""

import pytest

from flows.landing.forms.recognise import recognise


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("عنوان الخبر\n\nنص الخبر في سطر واحد., وفقرة ثانية.", "paragraphs"),
        ("نص بلا عنوان", "paragraphs"),
        ("", "paragraphs"),
        ("[صورة] الوزير في زيارة\n\nنص الخبر", "paragraphs"),
        ("الكويت، قطر، عمان\n\nاجتمع وزراء الدول الثلاث", "paragraphs"),
        ("Brexit\n\nقالت لندن", "paragraphs"),
        ("<p>خبر</p>", "paragraphs"),
        ("<DOC>\n<TITLE>خبر</TITLE>\n</DOC>", "ant"),
        ("\ufeff\r\n<DOC>\r\n", "ant"),
        ('[{"title": "خبر"}]', "json"),
        ('[\n  {"title": "خبر"}\n]', "json"),
        ('\ufeff[\r\n{"title": "خبر"}]', "json"),
        ('{\n  "articles": [{"title": "خبر"}]\n}', "json"),
        ('[{"title": "خبر', "json"),
        ('{"title": "خبر"}\n{"title": "خبر ثان"}\n', "jsonl"),
        ('{"title": "خبر"}', "jsonl"),
        ('\n\n{"title": "خبر"}\n{"title": "مقطو', "jsonl"),
        ("id,title,body\n1,خبر,نص", "csv"),
        ('"id";"title";"body"\r\n1;خبر;نص', "csv"),
        ("id\ttitle\tbody\n1\tخبر\tنص", "csv"),
        ("\ufeffid|title|pub date\n", "csv"),
        ("<!DOCTYPE html>\n<html>", "html"),
        ("\ufeff\n<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>", "html"),
        ("<html lang='ar'>", "html"),
        ("<?xml version='1.0'?>\n<!-- خبر -->\n<html xmlns='x'>", "html"),
        ("<htmlx>", "paragraphs"),
        ("<!-- خبر --> نص", "paragraphs"),
    ],
)
def test_a_form_is_recognised_by_the_first_line(text, form):
    assert recognise(text) == form


@pytest.mark.parametrize("text", ['{"a":' * 100_000, '{"id":' + "1" * 5_000 + "}"])
def test_an_object_that_python_refuses_is_still_called_json(text):
    assert recognise(text) == "json"
