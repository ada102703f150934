import polars as pl
import pytest

from flows.warehouse.queries import answer
from transforms.normalize import fold

WORDS = [
    "الــكِتَابُ", "أحمد", "إلى", "آمال", "ٱلله", "على", "مدرسة", "مؤسسة", "شئون", "رَحْمٰن", "هُدًى",
    "کتاب", "بیت", "٢٠٢٦", "۱۴۰۲", "٣٫٥", "#وسم_أول", "و511", "BBC", "Élysée", "ا\u0653مال", "ي\u0654", "ٵب",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_the_macro_folds_as_the_transforms_do(sample, word):
    by_transforms = pl.DataFrame({"word": [word]}).select(fold(pl.col("word"))).item()

    assert answer(sample, "select fold($word)", {"word": word}).item() == by_transforms


@pytest.mark.parametrize(("written", "folded"), [("الــكِتَابُ", "الكتاب"), ("أَعْلَى", "اعلي"), ("سنة ٢٠٢٦", "سنه 2026")])
def test_fold_gives_what_search_looks_for(sample, written, folded):
    assert answer(sample, "select fold($written)", {"written": written}).item() == folded


HITS = "select h.*, s.sentence from kwic($word) h join fact_sentence s using (article_id, sentence_no)"


@pytest.mark.parametrize("word", ["وزير", "مجلس", "من", "."])
def test_left_key_and_right_are_the_sentence(sample, word):
    hits = answer(sample, HITS, {"word": word})

    assert not hits.is_empty()
    assert hits.filter(pl.concat_str("left", "key", "right") != pl.col("sentence")).is_empty()


def test_kwic_finds_every_spelling_in_titles_and_bodies(night, deliver, place):
    deliver("nahr/2026-11-01/1.txt", "قال أحمد إن النهر ارتفع. وعاد احمد إلى القرية.", title="أَحمد يزور القرية")
    night()

    hits = answer(place, "select sentence_no, key, \"right\" from kwic('أحمد')").rows()

    assert hits == [(0, "أَحمد", " يزور القرية"), (1, "أحمد", " إن النهر ارتفع."), (2, "احمد", " إلى القرية.")]


def test_a_word_that_nobody_wrote_has_no_context(sample):
    assert answer(sample, "from kwic('ظظظظ')").height == 0


def test_trend_counts_each_day_and_shows_the_days_without_the_word_as_0(night, deliver, place):
    deliver("nahr/2026-11-01/1.txt", "فاض النهر. وغمر النهر الحقول.", title="فيضان النهر")
    deliver("nahr/2026-11-02/1.txt", "عادت المياه إلى مجراها.", title="انحسار")
    deliver("wadi/2026-11-02/1.txt", "جف النهر في الوادي.", title="جفاف")
    night()

    assert answer(place, "select day::varchar, outlet, count, words, per_million from trend('النهر')").rows() == [
        ("2026-11-01", "nahr", 3, 7, 428_571.4),
        ("2026-11-02", "nahr", 0, 5, 0.0),
        ("2026-11-02", "wadi", 1, 5, 200_000.0),
    ]


@pytest.mark.parametrize("word", ["وزير", "مجلس", "من"])
def test_trend_adds_up_to_the_hits_of_kwic(sample, word):
    counted = "select sum(count)::bigint from trend($word)"
    hits = "select count(*) from kwic($word) where day is not null"

    assert answer(sample, counted, {"word": word}).item() == answer(sample, hits, {"word": word}).item() > 0


@pytest.mark.parametrize(
    ("mart", "facts"),
    [
        ("select sum(article_count) from mart_daily_volume", "select count(*) from fact_article"),
        ("select sum(word_count) from mart_daily_volume", "select sum(word_count) from fact_article"),
        (
            "select sum(sentence_count) from mart_daily_volume",
            "select count(*) from fact_sentence where sentence_no > 0",
        ),
        ("select sum(article_count) from mart_source_profile", "select count(*) from dim_article"),
        ("select sum(word_count) from mart_source_profile", "select sum(word_count) from fact_article"),
        ("select sum(rejection_count) from mart_source_profile", "select count(*) from fact_rejection"),
        ("select count(*) from mart_source_profile", "select count(*) from dim_source"),
        (
            "select sum(word_count) from mart_word_frequency",
            "select count(*) from fact_word join dim_word using (word_id) where kind <> 'punctuation'",
        ),
    ],
)
def test_the_marts_add_up_to_the_facts(sample, mart, facts):
    assert answer(sample, mart).item() == answer(sample, facts).item() > 0


def test_the_shares_of_all_words_are_a_million(sample):
    share = answer(sample, "select sum(per_million) from mart_word_frequency").item()

    assert share == pytest.approx(1e6, rel=1e-3)
