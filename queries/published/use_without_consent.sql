-- How often was a pupil shown, or a tool used, without a yes that was valid that day?
-- One row per school (and the group), school year and purpose with a publication.
--
-- Parameters
--   $brin6       list of schools       ['*', '99XX00']    schools; null = all
--   $schooljaar  list of school years  ['2026-2027']      school years; null = all
--   $doel        list of purposes      ['beeld_website']  purposes; null = all
-- Sources: use_without_consent
-- Columns
--   brin6               school that published; * = the group
--   schooljaar          school year, yyyy-yyyy
--   doel                purpose
--   publicaties         publications
--   gebruiken           recognisable pupils in them
--   zonder_toestemming  of those without a valid yes that day
select
    brin6,
    schooljaar,
    doel,
    publicaties,
    gebruiken,
    zonder_toestemming
from use_without_consent
where
    ($brin6 is null or brin6 = any($brin6))
    and ($schooljaar is null or schooljaar = any($schooljaar))
    and ($doel is null or doel = any($doel))
order by brin6, schooljaar, doel
