-- How many of today's pupils have a valid answer now, and how many still on the next 1 September?
-- One row per school with pupils (and the group) and purpose.
--
-- Parameters
--   $brin6  list of schools   ['*', '99XX00']    schools; null = all
--   $doel   list of purposes  ['beeld_website']  purposes; null = all
-- Sources: expiry_outlook
-- Columns
--   brin6               school; * = the group
--   doel                purpose
--   leerlingen          pupils enrolled today
--   geldig_nu           pupils with a valid answer, yes or no, today
--   nodig_nu            pupils without a valid answer today
--   geldig_1_september  pupils whose answer is still valid on the next 1 September
--   nodig_1_september   pupils who need a new answer by then
select
    brin6,
    doel,
    leerlingen,
    geldig_nu,
    nodig_nu,
    geldig_1_september,
    nodig_1_september
from expiry_outlook
where
    ($brin6 is null or brin6 = any($brin6))
    and ($doel is null or doel = any($doel))
order by brin6, doel
