-- Which files and records could not be used, and why?
-- A line a rejection, newest load first; mend the cause, then it can be loaded.
select load_id, source_id, file, locator, reason, detail, left(excerpt, 60) as excerpt
from fact_rejection
order by load_id desc, rejection_no;
