-- Which outlets write how much, and how long are their articles?
-- One row an outlet; median_words is the length of its typical article, rejection_count what could not be used.
select source_name, country_code, article_count, word_count, median_words, words_per_sentence, first_on, last_on, rejection_count
from mart_source_profile
where article_count > 0
order by article_count desc, source_name;
