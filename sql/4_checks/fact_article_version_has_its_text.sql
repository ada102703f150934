-- The text of an older version has the hash that it claims.
select article_id, version_no
from fact_article_version
where body is not null and sha256(title || chr(10) || body) <> content_sha256;
