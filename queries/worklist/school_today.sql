-- How many pupils does a school have today, and did it say that it delivered its answers of today?
-- One row.
--
-- Parameters
--   $brin6  varchar  01AA00      the school
-- Sources: pupils_today
-- Columns
--   leerlingen    pupils enrolled on the day
--   is_delivered  whether a delivery of answers covers the day; null = no pupils
select
    count(*) as leerlingen,
    bool_and(is_delivered) as is_delivered
from pupils_today
where brin6 = $brin6
