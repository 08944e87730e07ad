-- Which pupils would have two statuses for one purpose on one day?
-- One row per place, purpose and stretch that runs into the next: none, or the figures are wrong.
--
-- Sources: status_spans
-- Columns
--   place        number of pupil, school and sixteenth birthday
--   doel         purpose
--   status_from  first day of the stretch
select
    place,
    doel,
    status_from
from status_spans
qualify lead(status_from) over (
    partition by place, doel
    order by status_from
) < status_to
