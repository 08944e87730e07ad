-- How often was a pupil shown, or a tool used, without a yes that was valid that day?
-- One row per school (and the group), school year and purpose with a publication.
--
-- Everything but a valid yes, as the code reads it, counts as without: also what is unknown.
--
-- Sources: uses, readings
-- Columns
--   brin6                school that published; * = the group
--   schooljaar           school year, yyyy-yyyy
--   doel                 purpose
--   publicaties          publications
--   gebruiken            recognisable pupils in them
--   zonder_toestemming   of those without a valid yes that day
with judged as (
    select
        uses.brin6,
        uses.schooljaar,
        uses.doel,
        uses.publicatie_id,
        coalesce(readings.uitkomst = 'ja', false) as is_allowed
    from uses
    left join readings on uses.status = readings.status and readings.lezing = 'code'
)

select
    coalesce(brin6, '*') as brin6,
    schooljaar,
    doel,
    count(distinct publicatie_id) as publicaties,
    count(*) as gebruiken,
    count(*) filter (where not is_allowed) as zonder_toestemming
from judged
group by grouping sets ((brin6, schooljaar, doel), (schooljaar, doel))
