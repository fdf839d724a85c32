-- depends_on: {{ ref('lq_leads') }}, {{ ref('lq_events') }}, {{ ref('lq_text') }}
{% raw %}
-- Scores by dbt 1, as of 2026-11-01T12:00:00Z.
-- Model 5270d473a2dda3de7d0368e1ba07c13c15a6ec75ab04f206ed2c9d2a615111ce; made by leadqual 0.1.0 for duckdb.
--
-- The statement reads these tables. Names are quoted, so case matters.
--
-- lq_leads: one row for each lead
--   lq_lead      TEXT    id of the lead
--   lq_since     BIGINT  from when on its events count, as an instant; null if all do
--   a_job_title  TEXT    text; null where it is missing
--   a_topics     TEXT    list as one text, with U+001F before, between and after its texts; null where it is empty
--   a_founded    BIGINT  date as days since 1970-01-01
--
-- lq_events: one row for each event
--   lq_source  TEXT     system that the event comes from; '' if there is only one
--   lq_event   TEXT     id of the event within its source
--   lq_lead    TEXT     id of the lead
--   lq_kind    TEXT     kind of the event
--   lq_own     BOOLEAN  true if the lead acted, false if we did
--   lq_us      BIGINT   when, as an instant
--   p_page     TEXT     text; null where it is missing
--
-- lq_text: what Python says of texts that are not pure ASCII
--   lq_field   TEXT    name of the column that the text stands in
--   lq_value   TEXT    the text as it stands there
--   lq_normal  TEXT    the text composed
--   lq_m0      BIGINT  answers to the tests of the column, a bit each
--
-- An instant: epoch_us(an_instant)
-- A date: date_diff('day', DATE '1970-01-01', a_date)
-- A list: chr(31) || array_to_string(a_list, chr(31)) || chr(31)
-- Texts that are empty, numbers that are no number and lists that are empty are null. Events of leads that are
-- not in lq_leads, events after the instant and copies of an event do not count; events whose id stands for two
-- contents are left out.
--
-- To fill lq_text, export the rows of this query as CSV, then `leadqual sql PLAYBOOK --dialect duckdb --texts
-- VALUES.csv -o lq_text.csv` with the same options, and load what it writes. It may stay as it is until the
-- playbook or the texts change:
--   SELECT DISTINCT
--     'a_job_title' AS "lq_field",
--     "t"."a_job_title" AS "lq_value"
--   FROM "lq_leads" AS "t"
--   WHERE
--     NOT (
--       STRLEN("t"."a_job_title") = LENGTH("t"."a_job_title")
--     )
--   UNION ALL
--   SELECT DISTINCT
--     'a_topics' AS "lq_field",
--     "t"."a_topics" AS "lq_value"
--   FROM "lq_leads" AS "t"
--   WHERE
--     NOT (
--       STRLEN("t"."a_topics") = LENGTH("t"."a_topics")
--     )
--   UNION ALL
--   SELECT DISTINCT
--     'lq_kind' AS "lq_field",
--     "t"."lq_kind" AS "lq_value"
--   FROM "lq_events" AS "t"
--   WHERE
--     NOT (
--       STRLEN("t"."lq_kind") = LENGTH("t"."lq_kind")
--     )
--   UNION ALL
--   SELECT DISTINCT
--     'p_page' AS "lq_field",
--     "t"."p_page" AS "lq_value"
--   FROM "lq_events" AS "t"
--   WHERE
--     NOT (
--       STRLEN("t"."p_page") = LENGTH("t"."p_page")
--     )
--
-- The result has a row for each lead; points are whole hundredths: 2550 is 25.50.
WITH "lq_again" AS (
  SELECT
    "s"."lq_hash" AS "lq_hash"
  FROM (
    SELECT
      CAST(HASH("e"."lq_source", "e"."lq_event") >> 1 AS BIGINT) AS "lq_hash"
    FROM "lq_events" AS "e"
  ) AS "s"
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY "s"."lq_hash") = 2
), "lq_twice" AS (
  SELECT
    "e"."lq_source" AS "lq_source",
    "e"."lq_event" AS "lq_event",
    "e"."lq_lead" AS "lq_lead",
    COALESCE("lq_t0"."lq_normal", "e"."lq_kind") AS "lq_kind",
    "e"."lq_own" AS "lq_own",
    "e"."lq_us" AS "lq_us",
    COALESCE("lq_t1"."lq_normal", "e"."p_page") AS "p_page",
    CAST(COUNT(*) AS BIGINT) AS "lq_copies"
  FROM "lq_events" AS "e"
  JOIN "lq_again" AS "a"
    ON CAST(HASH("e"."lq_source", "e"."lq_event") >> 1 AS BIGINT) = "a"."lq_hash"
  LEFT JOIN "lq_text" AS "lq_t0"
    ON (
      "lq_t0"."lq_field" = 'lq_kind'
    ) AND (
      "lq_t0"."lq_value" = "e"."lq_kind"
    )
  LEFT JOIN "lq_text" AS "lq_t1"
    ON (
      "lq_t1"."lq_field" = 'p_page'
    ) AND (
      "lq_t1"."lq_value" = "e"."p_page"
    )
  GROUP BY
    "e"."lq_source",
    "e"."lq_event",
    "e"."lq_lead",
    COALESCE("lq_t0"."lq_normal", "e"."lq_kind"),
    "e"."lq_own",
    "e"."lq_us",
    COALESCE("lq_t1"."lq_normal", "e"."p_page")
), "lq_conflict" AS (
  SELECT
    "t"."lq_source",
    "t"."lq_event"
  FROM "lq_twice" AS "t"
  GROUP BY
    "t"."lq_source",
    "t"."lq_event"
  HAVING
    COUNT(*) > 1
), "lq_once" AS (
  SELECT
    "e"."lq_source" AS "lq_source",
    "e"."lq_event" AS "lq_event",
    "e"."lq_lead" AS "lq_lead",
    "e"."lq_kind" AS "lq_kind",
    "e"."lq_own" AS "lq_own",
    "e"."lq_us" AS "lq_us",
    "e"."p_page" AS "p_page"
  FROM "lq_events" AS "e"
  ANTI JOIN "lq_again" AS "a"
    ON CAST(HASH("e"."lq_source", "e"."lq_event") >> 1 AS BIGINT) = "a"."lq_hash"
  UNION ALL
  SELECT
    "e"."lq_source" AS "lq_source",
    "e"."lq_event" AS "lq_event",
    "e"."lq_lead" AS "lq_lead",
    "e"."lq_kind" AS "lq_kind",
    "e"."lq_own" AS "lq_own",
    "e"."lq_us" AS "lq_us",
    "e"."p_page" AS "p_page"
  FROM "lq_twice" AS "e"
  ANTI JOIN "lq_conflict" AS "c"
    ON (
      "e"."lq_source" = "c"."lq_source"
    ) AND (
      "e"."lq_event" = "c"."lq_event"
    )
), "lq_lead" AS (
  SELECT
    CAST(ROW_NUMBER() OVER () AS BIGINT) AS "lq_no",
    "p"."lq_lead" AS "lq_lead",
    CASE
      WHEN COALESCE(
        CASE
          WHEN "lq_t0"."lq_m0" IS NULL
          THEN REGEXP_MATCHES(LOWER("p"."a_job_title"), '(^|[^0-9A-Za-z])(ceo|cto|directora)([^0-9A-Za-z]|$)')
          ELSE (
            "lq_t0"."lq_m0" & CAST(1 AS BIGINT)
          ) <> CAST(0 AS BIGINT)
        END,
        FALSE
      )
      THEN CAST(2000 AS BIGINT)
      ELSE CAST(0 AS BIGINT)
    END + CASE
      WHEN COALESCE(
        CASE
          WHEN "lq_t1"."lq_m0" IS NULL
          THEN CONTAINS("p"."a_topics", 'analytics')
          ELSE (
            "lq_t1"."lq_m0" & CAST(1 AS BIGINT)
          ) <> CAST(0 AS BIGINT)
        END,
        FALSE
      )
      THEN CAST(1000 AS BIGINT)
      ELSE CAST(0 AS BIGINT)
    END + CASE
      WHEN COALESCE("p"."a_founded" >= CAST(18262 AS BIGINT), FALSE)
      THEN CAST(500 AS BIGINT)
      ELSE CAST(0 AS BIGINT)
    END AS "lq_fit",
    (
      NOT "p"."a_job_title" IS NULL
    )
    OR (
      NOT "p"."a_topics" IS NULL
    )
    OR (
      NOT "p"."a_founded" IS NULL
    ) AS "lq_known",
    "p"."lq_since" AS "lq_since"
  FROM "lq_leads" AS "p"
  LEFT JOIN "lq_text" AS "lq_t0"
    ON (
      "lq_t0"."lq_field" = 'a_job_title'
    )
    AND (
      "lq_t0"."lq_value" = "p"."a_job_title"
    )
  LEFT JOIN "lq_text" AS "lq_t1"
    ON (
      "lq_t1"."lq_field" = 'a_topics'
    )
    AND (
      "lq_t1"."lq_value" = "p"."a_topics"
    )
), "lq_key" AS (
  SELECT
    CASE
      WHEN "l"."lq_no" IS NULL
      THEN CAST(1536 AS BIGINT)
      ELSE (
        "l"."lq_no" * CAST(2048 AS BIGINT)
      ) + (
        (
          "e"."lq_class" * CAST(512 AS BIGINT)
        ) + (
          CAST(20759 AS BIGINT) - (
            (
              "e"."lq_us" + CAST(86400000000 AS BIGINT)
            ) // CAST(86400000000 AS BIGINT)
          )
        )
      )
    END AS "lq_key"
  FROM (
    SELECT
      "e"."lq_lead" AS "lq_lead",
      "e"."lq_us" AS "lq_us",
      CASE
        WHEN COALESCE("lq_t0"."lq_normal", "e"."lq_kind") = 'download'
        THEN CAST(0 AS BIGINT)
        WHEN COALESCE("lq_t0"."lq_normal", "e"."lq_kind") = 'page_view'
        THEN CASE
          WHEN (
            CAST(1 AS BIGINT) + CASE
              WHEN COALESCE(
                CASE
                  WHEN "lq_t1"."lq_m0" IS NULL
                  THEN STARTS_WITH("e"."p_page", '/pricing')
                  ELSE (
                    "lq_t1"."lq_m0" & CAST(1 AS BIGINT)
                  ) <> CAST(0 AS BIGINT)
                END,
                FALSE
              )
              THEN CAST(1 AS BIGINT)
              ELSE CAST(0 AS BIGINT)
            END
          ) = CAST(1 AS BIGINT)
          THEN CAST(NULL AS BIGINT)
          ELSE CAST(1 AS BIGINT) + CASE
            WHEN COALESCE(
              CASE
                WHEN "lq_t1"."lq_m0" IS NULL
                THEN STARTS_WITH("e"."p_page", '/pricing')
                ELSE (
                  "lq_t1"."lq_m0" & CAST(1 AS BIGINT)
                ) <> CAST(0 AS BIGINT)
              END,
              FALSE
            )
            THEN CAST(1 AS BIGINT)
            ELSE CAST(0 AS BIGINT)
          END
        END
        ELSE CAST(NULL AS BIGINT)
      END AS "lq_class"
    FROM "lq_once" AS "e"
    LEFT JOIN "lq_text" AS "lq_t0"
      ON (
        "lq_t0"."lq_field" = 'lq_kind'
      ) AND (
        "lq_t0"."lq_value" = "e"."lq_kind"
      )
    LEFT JOIN "lq_text" AS "lq_t1"
      ON (
        "lq_t1"."lq_field" = 'p_page'
      ) AND (
        "lq_t1"."lq_value" = "e"."p_page"
      )
  ) AS "e"
  LEFT JOIN "lq_lead" AS "l"
    ON "l"."lq_lead" = "e"."lq_lead"
  WHERE
    (
      "l"."lq_no" IS NULL
    )
    OR (
      (
        NOT "e"."lq_class" IS NULL
      )
      AND (
        "e"."lq_us" <= CAST(1793534400000000 AS BIGINT)
      )
      AND (
        "e"."lq_us" >= COALESCE("l"."lq_since", CAST(0 AS BIGINT))
      )
      AND (
        (
          CAST(20759 AS BIGINT) - (
            (
              "e"."lq_us" + CAST(86400000000 AS BIGINT)
            ) // CAST(86400000000 AS BIGINT)
          )
        ) < CAST(512 AS BIGINT)
      )
    )
), "lq_tally" AS (
  SELECT
    "c"."lq_key" >> 11 AS "lq_no",
    (
      "c"."lq_key" & CAST(2047 AS BIGINT)
    ) >> 9 AS "lq_class",
    "c"."lq_key" & CAST(511 AS BIGINT) AS "lq_age",
    "c"."lq_n" AS "lq_n"
  FROM (
    SELECT
      "s"."lq_key",
      "s"."lq_rows" - "s"."lq_rank" + 1 AS "lq_n"
    FROM (
      SELECT
        "k"."lq_key",
        ROW_NUMBER() OVER (ORDER BY "k"."lq_key") AS "lq_rows",
        RANK() OVER (ORDER BY "k"."lq_key") AS "lq_rank",
        LEAD("k"."lq_key") OVER (ORDER BY "k"."lq_key") AS "lq_next"
      FROM "lq_key" AS "k"
    ) AS "s"
    WHERE
      "s"."lq_next" IS DISTINCT FROM "s"."lq_key"
  ) AS "c"
), "lq_curve" AS (
  SELECT
    CAST("v"."lq_place" AS BIGINT) AS "lq_place",
    CAST("v"."lq_factor" AS BIGINT) AS "lq_factor"
  FROM (VALUES
    (0, 1000000), (1, 951695), (2, 905724), (3, 861973), (4, 820335), (5, 780709), (6, 742997), (7, 707107), (8, 672950), (9, 640443), (10, 609507), (11, 580065), (12, 552045), (13, 525378), (14, 500000), (15, 475848), (16, 452862), (17, 430986), (18, 410168), (19, 390355), (20, 371499), (21, 353553), (22, 336475), (23, 320222), (24, 304753), (25, 290032), (26, 276022), (27, 262689), (28, 250000), (29, 237924), (30, 226431), (31, 215493), (32, 205084), (33, 195177), (34, 185749), (35, 176777), (36, 168238), (37, 160111), (38, 152377), (39, 145016), (40, 138011), (41, 131345), (42, 125000), (43, 118962), (44, 113215), (45, 107747), (46, 102542), (47, 97589), (48, 92875), (49, 88388), (50, 84119), (51, 80055), (52, 76188), (53, 72508), (54, 69006), (55, 65672), (56, 62500), (57, 59481), (58, 56608), (59, 53873), (60, 51271), (61, 48794), (62, 46437), (63, 44194), (64, 42059), (65, 40028), (66, 38094), (67, 36254), (68, 34503), (69, 32836), (70, 31250), (71, 29740), (72, 28304), (73, 26937), (74, 25635), (75, 24397), (76, 23219), (77, 22097), (78, 21030), (79, 20014), (80, 19047), (81, 18127), (82, 17251), (83, 16418), (84, 15625), (85, 14870), (86, 14152), (87, 13468), (88, 12818), (89, 12199), (90, 11609), (91, 11049), (92, 10515), (93, 10007), (94, 9524), (95, 9064), (96, 8626), (97, 8209), (98, 7812), (99, 7435), (100, 7076), (101, 6734), (102, 6409), (103, 6099), (104, 5805), (105, 5524), (106, 5257), (107, 5003), (108, 4762), (109, 4532), (110, 4313), (111, 4105), (112, 3906), (113, 3718), (114, 3538), (115, 3367), (116, 3204), (117, 3050), (118, 2902), (119, 2762), (120, 2629), (121, 2502), (122, 2381), (123, 2266), (124, 2156), (125, 2052), (126, 1953), (127, 1859), (128, 1769), (129, 1684), (130, 1602), (131, 1525), (132, 1451), (133, 1381), (134, 1314), (135, 1251), (136, 1190), (137, 1133), (138, 1078), (139, 1026), (140, 977), (141, 929), (142, 884), (143, 842), (144, 801), (145, 762), (146, 726), (147, 691), (148, 657), (149, 625), (150, 595), (151, 566), (152, 539), (153, 513), (154, 488), (155, 465), (156, 442), (157, 421), (158, 401), (159, 381), (160, 363), (161, 345), (162, 329), (163, 313), (164, 298), (165, 283), (166, 270), (167, 257), (168, 244), (169, 232), (170, 221), (171, 210), (172, 200), (173, 191), (174, 181), (175, 173), (176, 164), (177, 156), (178, 149), (179, 142), (180, 135), (181, 128), (182, 122), (183, 116), (184, 111), (185, 105), (186, 100), (187, 95), (188, 91), (189, 86), (190, 82), (191, 78), (192, 74), (193, 71), (194, 67), (195, 64), (196, 61), (197, 58), (198, 55), (199, 53), (200, 50), (201, 48), (202, 45), (203, 43), (204, 41), (205, 39), (206, 37), (207, 35), (208, 34), (209, 32), (210, 31), (211, 29), (212, 28), (213, 26), (214, 25), (215, 24), (216, 23), (217, 22), (218, 21), (219, 20), (220, 19), (221, 18), (222, 17), (223, 16), (224, 15), (225, 15), (226, 14), (227, 13), (228, 13), (229, 12), (230, 11), (231, 11), (232, 10), (233, 10), (234, 9), (235, 9), (236, 8), (237, 8), (238, 8), (239, 7), (240, 7), (241, 7), (242, 6), (243, 6), (244, 6), (245, 5), (246, 5), (247, 5), (248, 5), (249, 4), (250, 4), (251, 4), (252, 4), (253, 4), (254, 3), (255, 3), (256, 3), (257, 3), (258, 3), (259, 3), (260, 3), (261, 2), (262, 2), (263, 2), (264, 2), (265, 2), (266, 2), (267, 2), (268, 2), (269, 2), (270, 2), (271, 1), (272, 1), (273, 1), (274, 1), (275, 1), (276, 1), (277, 1), (278, 1), (279, 1), (280, 1), (281, 1), (282, 1), (283, 1), (284, 1), (285, 1), (286, 1), (287, 1), (288, 1), (289, 1), (290, 1), (291, 1), (292, 1), (293, 1), (294, 0)) AS "v"("lq_place", "lq_factor")
), "lq_direct" AS (
  SELECT
    CAST("v"."lq_class" AS BIGINT) AS "lq_class",
    CAST("v"."lq_rule" AS BIGINT) AS "lq_rule",
    CAST("v"."lq_group" AS BIGINT) AS "lq_group",
    CAST("v"."lq_points" AS BIGINT) AS "lq_points",
    CAST("v"."lq_most" AS BIGINT) AS "lq_most",
    CAST("v"."lq_first" AS BIGINT) AS "lq_first",
    CAST("v"."lq_last" AS BIGINT) AS "lq_last",
    CAST("v"."lq_told" AS BIGINT) AS "lq_told"
  FROM (VALUES
    (0, 0, -1, 400, 1, 0, 294, 1), (1, -2, -2, 0, 0, 0, 0, 1), (2, 1, -1, 600, 4000001, 0, 294, 1), (3, -2, -2, 0, 0, 0, 0, 1)) AS "v"("lq_class", "lq_rule", "lq_group", "lq_points", "lq_most", "lq_first", "lq_last", "lq_told")
), "lq_rule" AS (
  SELECT
    CAST("v"."lq_rule" AS BIGINT) AS "lq_rule",
    CAST("v"."lq_group" AS BIGINT) AS "lq_group",
    CAST("v"."lq_points" AS BIGINT) AS "lq_points",
    CAST("v"."lq_first" AS BIGINT) AS "lq_first",
    CAST("v"."lq_last" AS BIGINT) AS "lq_last",
    CAST("v"."lq_low" AS BIGINT) AS "lq_low",
    CAST("v"."lq_high" AS BIGINT) AS "lq_high",
    CAST("v"."lq_bucket" AS BIGINT) AS "lq_bucket",
    CAST("v"."lq_most" AS BIGINT) AS "lq_most",
    CAST("v"."lq_times" AS BIGINT) AS "lq_times",
    CAST("v"."lq_share" AS BIGINT) AS "lq_share",
    CAST("v"."lq_shares" AS BIGINT) AS "lq_shares"
  FROM (VALUES
    (-2, -2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), (0, -1, 400, 0, 294, -100000000000000, 100000000000000, 1, 1, -1, 0, -1), (1, -1, 600, 0, 294, -100000000000000, 100000000000000, 1, 4000001, -1, 0, -1)) AS "v"("lq_rule", "lq_group", "lq_points", "lq_first", "lq_last", "lq_low", "lq_high", "lq_bucket", "lq_most", "lq_times", "lq_share", "lq_shares")
), "lq_grain" AS (
  SELECT
    "t"."lq_no",
    "d"."lq_rule",
    "d"."lq_group",
    LEAST("t"."lq_n", "d"."lq_most") AS "lq_n",
    "t"."lq_n" * "d"."lq_told" AS "lq_told",
    LEAST("t"."lq_n", "d"."lq_most") * "d"."lq_points" * "c"."lq_factor" AS "lq_grains"
  FROM "lq_tally" AS "t"
  JOIN "lq_direct" AS "d"
    ON "d"."lq_class" = "t"."lq_class"
  JOIN "lq_curve" AS "c"
    ON "c"."lq_place" = "d"."lq_first" + LEAST("t"."lq_age", "d"."lq_last")
), "lq_worked" AS (
  SELECT
    "s"."lq_no",
    "r"."lq_group",
    "s"."lq_n",
    "s"."lq_told",
    CAST(GREATEST("r"."lq_low", LEAST("r"."lq_high", "s"."lq_grains")) AS BIGINT) AS "lq_grains"
  FROM (
    SELECT
      "g"."lq_no",
      "g"."lq_rule",
      CAST(SUM("g"."lq_n") AS BIGINT) AS "lq_n",
      CAST(SUM("g"."lq_told") AS BIGINT) AS "lq_told",
      SUM("g"."lq_grains") AS "lq_grains"
    FROM "lq_grain" AS "g"
    GROUP BY
      "g"."lq_no",
      "g"."lq_rule"
  ) AS "s"
  JOIN "lq_rule" AS "r"
    ON "r"."lq_rule" = "s"."lq_rule"
), "lq_summed" AS (
  SELECT
    "g"."lq_no",
    CAST(SUM("g"."lq_told") AS BIGINT) AS "lq_told",
    CAST(GREATEST(
      CAST(-4611686018427387904 AS BIGINT),
      LEAST(
        CAST(4611686018427387904 AS BIGINT),
        SUM(
          CASE
            WHEN "g"."lq_group" = CAST(-1 AS BIGINT)
            THEN "g"."lq_grains"
            ELSE CAST(0 AS BIGINT)
          END
        )
      )
    ) AS BIGINT) AS "lq_loose"
  FROM "lq_worked" AS "g"
  GROUP BY
    "g"."lq_no"
), "lq_axes" AS (
  SELECT
    "l".*,
    (
      (
        GREATEST(
          CAST(0 AS BIGINT),
          LEAST(COALESCE("i"."lq_loose", CAST(0 AS BIGINT)), CAST(100000000000000 AS BIGINT))
        ) + CAST(4611686018427500000 AS BIGINT)
      ) // CAST(1000000 AS BIGINT)
    ) - CAST(4611686018427 AS BIGINT) AS "lq_interest"
  FROM "lq_lead" AS "l"
  LEFT JOIN "lq_summed" AS "i"
    ON "i"."lq_no" = "l"."lq_no"
), "lq_label" AS (
  SELECT
    "s".*,
    "s"."lq_fit" + "s"."lq_interest" AS "lq_total"
  FROM (
    SELECT
      "s".*,
      "s"."lq_grade" || CAST("s"."lq_level" AS TEXT) AS "lq_label"
    FROM (
      SELECT
        "s".*,
        CASE
          WHEN NOT "s"."lq_known"
          THEN '-'
          WHEN "s"."lq_fit" >= CAST(2500 AS BIGINT)
          THEN 'A'
          WHEN "s"."lq_fit" >= CAST(1000 AS BIGINT)
          THEN 'B'
          ELSE 'C'
        END AS "lq_grade",
        CASE
          WHEN "s"."lq_interest" >= CAST(1000 AS BIGINT)
          THEN CAST(1 AS BIGINT)
          WHEN "s"."lq_interest" >= CAST(400 AS BIGINT)
          THEN CAST(2 AS BIGINT)
          ELSE CAST(3 AS BIGINT)
        END AS "lq_level"
      FROM "lq_axes" AS "s"
    ) AS "s"
  ) AS "s"
), "lq_bars" AS (
  SELECT
    "s".*,
    COALESCE("s"."lq_grade" IN ('A', 'B'), FALSE)
    AND COALESCE("s"."lq_interest" >= CAST(400 AS BIGINT), FALSE) AS "lq_mql"
  FROM "lq_label" AS "s"
)
SELECT
  "s"."lq_lead" AS "lead_id",
  "s"."lq_fit" AS "fit",
  "s"."lq_interest" AS "interest",
  "s"."lq_total" AS "total",
  "s"."lq_grade" AS "grade",
  "s"."lq_level" AS "level",
  "s"."lq_label" AS "label",
  CASE WHEN "s"."lq_mql" THEN 'mql' ELSE '' END AS "qualifies",
  CAST(NULL AS TEXT) AS "gate"
FROM "lq_bars" AS "s"
{% endraw %}
