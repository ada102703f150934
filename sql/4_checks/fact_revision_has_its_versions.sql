-- Each later text says what changed, and each change is between two texts.
select article_id, version_no, count(change) as changes
from fact_article_version
full join fact_revision using (article_id, version_no)
group by all
having (version_no = 1) = (changes > 0) or bool_or(fact_article_version.content_sha256 is null);
