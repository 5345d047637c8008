-- Schools with an equal number of students and school days, a group, three tests in three subjects.
-- Statements are run one by one; $schools, $students, $days are sizes. What stands under the line
-- is run for the schools from $first to before $until at a time.
insert into mart.organisations (org_id, name, type, parent_id, load_id)
select * from (
    select 'c' || i, 'Cluster ' || i, 'cluster', null, 1 from range(1 + ($schools - 1) // 20) r(i)
    union all
    select 's' || i, 'School ' || i, 'school', 'c' || (i // 20), 1 from range($schools) r(i));

insert into mart.assessments (assessment_id, name, subject, "window", academic_year, scale,
    min_score, max_score, load_id)
select 10 * t + s, 'Term ' || t, ['Language', 'Mathematics', 'Science'][s + 1], 'Term ' || t,
    '2025-26', 'points', 0, 50, 1
from range(1, 4) a(t), range(3) b(s);

--------
insert into mart.students (student, namespace, student_id, id_kind, name, load_id)
select i, 's' || (i // $students), i::text, 'id', 'Invented ' || i, 1
from range($first * $students, $until * $students) r(i);

insert into mart.enrollment
    (student, org_id, begin_date, grade, class, academic_year, load_id)
select i, 's' || (i // $students), y.first, (1 + i % 8)::text, (1 + i % 8) || ' A', y.name, 1
from range($first * $students, $until * $students) r(i), (
    select date '2024-04-01' as first, '2024-25' as name
    union all select date '2025-04-01', '2025-26') y;

insert into mart.memberships (student, kind, valid_from, value, load_id)
select i, 'sex', date '2024-04-01', case when i % 2 = 0 then 'female' else 'male' end, 1
from range($first * $students, $until * $students) r(i);

create or replace temp table bench_days as
select day::date as day, row_number() over (order by day) as n
from range(timestamp '2024-06-03', timestamp '2025-11-15', interval 1 day) t(day)
where isodow(day) < 7 and month(day) not in (4, 5)
order by day limit $days;

insert into mart.attendance (student, date, session, org_id, grade, class, code, category,
    possible, absent, load_id)
select i, day, 'DAY', 's' || (i // $students), (1 + i % 8)::text, (1 + i % 8) || ' A',
    if(away, 'A', 'P'), if(away, 'absent_unauthorised', 'present'), 2, if(away, 2, 0), 1
from (
    select i, day, hash(i * 1000 + n) % 100 < 7 as away
    from range($first * $students, $until * $students) r(i), bench_days);

insert into mart.results (student, assessment_id, date, attempt, org_id, grade, class, score,
    status, load_id)
select i, 10 * t + s, date '2025-06-15' + (t * 45)::integer, 1, 's' || (i // $students),
    (1 + i % 8)::text, (1 + i % 8) || ' A', hash(i * 100 + t * 10 + s) % 51, 'scored', 1
from range($first * $students, $until * $students) r(i), range(1, 4) a(t), range(3) b(s);
