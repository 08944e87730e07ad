-- Which status does a pupil have for a purpose, on which days, as the registry reads "yearly"?
-- One row per place, purpose and stretch of days with one status; days without a row: never asked.
--
-- Sources: judged_stretches
-- Columns
--   place        number of pupil, school and sixteenth birthday
--   doel         purpose
--   status       consent status
--   status_from  first day
--   status_to    first day after it
select
    place,
    doel,
    status,
    status_from,
    status_to
from judged_stretches
where is_set
