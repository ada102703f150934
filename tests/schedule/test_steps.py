"""Which steps are tried again, and which schedule is refused."""

import pytest
from prefect.states import Failed

from flows.landing.discover import MissingLanding
from flows.nightly import may_pass
from flows.orchestration.schedule import BadSchedule, Plan


@pytest.mark.parametrize(
    ("error", "is_tried_again"),
    [(OSError("the mount does not answer"), True), (TimeoutError(), True), (MissingLanding("no such folder"), False)],
)
def test_what_may_pass_is_tried_again_and_what_a_person_must_mend_is_not(error, is_tried_again):
    assert may_pass(None, None, Failed(data=error)) == is_tried_again


@pytest.mark.parametrize(
    ("cron", "time_zone"), [("0 25 * * *", "Asia/Riyadh"), ("0 2 * * *", "Asia/Riad"), ("", "UTC")]
)
def test_a_schedule_that_never_comes_is_refused_with_a_sentence(cron, time_zone):
    with pytest.raises(BadSchedule, match=r"is no (cron line|time zone)"):
        Plan(cron, time_zone, {})
