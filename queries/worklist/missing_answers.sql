-- Of which pupils of one school is an answer missing today, and why?
-- One row per pupil of the school enrolled on the day and purpose without a valid answer under the code's reading.
--
-- As if the school delivered its answers of that day, whether or not it said so.
--
-- Parameters
--   $today  date     2026-11-22  the day of the list
--   $brin6  varchar  01AA00      the school
-- Sources: pupils_today, pupils_at_school, status_spans, purposes, readings
-- Columns
--   leerling      number of the pupil
--   leerjaar      year group, 1-6
--   wordt_16_op   day on which the pupil turns 16
--   doel          purpose
--   status        consent status
with today as (
    select
        place,
        doel,
        status
    from status_spans
    where status_from <= $today and status_to > $today
)

select
    pupils_at_school.leerling,
    pupils_today.leerjaar,
    pupils_today.wordt_16_op,
    purposes.doel,
    readings.status
from pupils_today
inner join pupils_at_school on pupils_today.place = pupils_at_school.place
cross join purposes
left join today on pupils_today.place = today.place and purposes.doel = today.doel
inner join readings
    on
        readings.lezing = 'code'
        and readings.uitkomst = 'ongeldig'
        and readings.status = coalesce(today.status, 'niet_gevraagd')
where pupils_today.brin6 = $brin6
