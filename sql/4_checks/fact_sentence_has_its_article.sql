-- Each sentence is of an article.
select article_id, sentence_no
from fact_sentence
anti join dim_article using (article_id);
