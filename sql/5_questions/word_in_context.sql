-- In which sentences does a word stand?
-- A line an occurrence, the word in the middle; sentence 0 is a title.
-- $word = وزير: the word, as you type it; spelling variants are found with it
select day, outlet, right("left", 60) as "left", key, left("right", 60) as "right", article
from kwic($word)
order by day, outlet, article_id, word_no;
