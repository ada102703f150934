-- Each rejection is numbered once in its load and names a reason in words.
select load_id, rejection_no, file, reason
from fact_rejection
qualify
    count(*) over (partition by load_id, rejection_no) > 1
    or reason = '' or detail = '' or file = '';
