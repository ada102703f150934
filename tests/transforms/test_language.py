import polars as pl
import pytest

from transforms.language import with_language

ARABIC = "قال الوزير في مؤتمر صحفي إن الحكومة سوف تدرس هذا الملف خلال الأيام المقبلة"


@pytest.mark.parametrize(
    ("body", "language"),
    [
        (ARABIC, "ar"),
        ("مصر", "ar"),  # a word that proves nothing: Arabic on a tie
        ("قال الرئیس المصری فی القاهره ان الاقتصاد قوی علی کل المستویات", "ar"),  # typed on a Persian keyboard
        ("أطلقت شركة Apple هاتفها iPhone الجديد في الأسواق", "ar"),
        ("این یک خبر است که از تهران می‌رسد و برای مردم مهم است", "fa"),
        ("یہ خبر ہے کہ پاکستان میں لوگ اس کو نہیں جانتے اور حکومت نے کہا", "ur"),
        ("ئەم هەواڵە لە کوردستان بۆ خەڵک کە لەگەڵ حکومەت کرد", "ckb"),
        ("دا خبر په افغانستان کې دی چې خلک یې د حکومت سره وایی", "ps"),
        ("The president said on Monday that he would go", "other"),
        ("Le président a dit lundi qu'il irait", "other"),
        ("Президент сказал в понедельник", "other"),
        ("قال the president of Egypt said in Cairo on Monday", "other"),
        ("2026 - 100 %!", "und"),
        ("😂😂", "und"),
        ("", "und"),
    ],
)
def test_the_language_of_a_body(body: str, language: str) -> None:
    articles = pl.DataFrame({"title": [""], "body": [body]})
    assert with_language(articles)["language"].to_list() == [language]


def test_the_title_tells_too_where_the_body_has_no_letters() -> None:
    assert with_language(pl.DataFrame({"title": [ARABIC], "body": ["2026"]}))["language"].to_list() == ["ar"]


def test_a_long_foreign_quotation_far_down_does_not_count() -> None:
    body = f"{ARABIC} " * 20 + "The president said. " * 500
    assert with_language(pl.DataFrame({"title": [""], "body": [body]}))["language"].to_list() == ["ar"]


def test_each_row_is_told_by_itself() -> None:
    frame = pl.DataFrame({"title": ["", "", ""], "body": ["The president said", ARABIC, "…"]})
    assert with_language(frame)["language"].to_list() == ["other", "ar", "und"]
