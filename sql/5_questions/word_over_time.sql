-- How often is a word written, day by day, in each outlet?
-- per_million makes outlets of different size comparable; days on which nobody wrote it are left out.
-- $word = وزير: the word, as you type it; spelling variants are found with it
select day, outlet, count, words, per_million
from trend($word)
where count > 0
order by day, outlet;
