-- Is an answer demonstrable, and was its giver entitled to it?
-- One row per answer and place (pupil, school and sixteenth birthday) in which it counts.
--
-- Sources: toestemmingen, purposes, pupils_at_school
-- Columns
--   place         number of pupil, school and sixteenth birthday
--   doel          purpose
--   answered_on   day of the answer; null = undated
--   school_label  first calendar year of the school year it says it is for; null = it doesn't say
--   giver         who gave it; null = empty
--   protection    ja 1, nee 2, ingetrokken 3: the higher protects more; null = asked, no answer
--   is_valid      demonstrable (date, known giver, source) and given by who was entitled on that day
--   flaw          why a decision is not valid: 1 not entitled, 2 ticked by the school, 3 not demonstrable;
--                 null = valid, or no decision
with answers as (
    select
        leerling,
        brin6,
        toestemmingen.doel,
        datum as answered_on,
        cast(left(voor_schooljaar, 4) as integer) as school_label,
        gever as giver,
        case antwoord when 'ja' then 1 when 'nee' then 2 when 'ingetrokken' then 3 end as protection,
        datum is not null and bron is not null as is_sourced
    from toestemmingen
    inner join purposes on toestemmingen.doel = purposes.doel
),

judged as (
    select
        pupils_at_school.place,
        answers.doel,
        answers.answered_on,
        answers.school_label,
        answers.giver,
        answers.protection,
        answers.is_sourced and answers.giver in ('leerling', 'ouder1', 'ouder2', 'voogd') as is_demonstrable,
        answers.is_sourced and answers.giver = 'school' as is_ticked_by_school,
        (answers.giver = 'leerling') = (answers.answered_on >= pupils_at_school.wordt_16_op) as is_entitled
    from answers
    inner join pupils_at_school
        on
            answers.leerling = pupils_at_school.leerling
            and (answers.brin6 is null or answers.brin6 = pupils_at_school.brin6)
)

select
    place,
    doel,
    answered_on,
    cast(school_label as smallint) as school_label,
    giver,
    cast(protection as tinyint) as protection,
    coalesce(protection is not null and is_demonstrable and is_entitled, false) as is_valid,
    cast(case
        when protection is null then null
        when is_demonstrable and is_entitled then null
        when is_demonstrable then 1
        when is_ticked_by_school then 2
        else 3
    end as tinyint) as flaw
from judged
