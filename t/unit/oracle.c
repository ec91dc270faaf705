/* The judge against an oracle that shares nothing with it: random figures under random checks, their intervals made
 * from the table of the README, and every truth from corners and samples in plain GMP.
 *
 * A check whose sides are linear must get exactly the verdict that its corners give. Of any other: no sample inside the
 * intervals may satisfy what is called inconsistent or fail what is called true, a difference with values on both sides
 * of 0 has one that is 0, and bounds that are called tight must show at some sample.
 *
 * ORACLE_COUNT is the number of checks under each convention, SEED the first of their seeds. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "check/judge.h"
#include "oracle/samples.h"

enum { DEFAULT_COUNT = 2000 };

struct outcome {
    struct judgement judgement;
    enum truth truth;
    struct str text;
};

static const struct concept *find_concept(const void *round, struct str id)
{
    const struct round *r = round;
    for (size_t i = 0; i < r->figure_count; i++)
        if (str_equal(r->concepts[i].id, id))
            return &r->concepts[i];
    return NULL;
}

static void judge_claim(struct round *r, const struct lexicon *lexicon, const struct assertion *claim,
                        struct outcome *out)
{
    struct buf text = {.arena = r->arena};
    write_claim(&text, r, claim, false);
    out->text = buf_str(&text);
    struct expr_error error = {0};
    struct rule rule = {.check = expr_parse(r->arena, lexicon, out->text, &error)};
    if (!rule.check)
        fail_msg("%s: %.*s", out->text.ptr, STR_ARG(error.message.text));
    struct binder binder = binder_make(r->arena, &rule, r->rounding, find_concept, r);
    struct binding binding = binder_at(&binder, r->arena, (struct dims){0});
    struct formula formula;
    struct formula_problem problem = {0};
    if (formula_make(r->arena, rule.check, &binding, &formula, &problem) != FORMULA_OK)
        fail_msg("%s: %.*s", out->text.ptr, STR_ARG(problem.error.message.text));
    if (chance(r, 50)) { /* as an explanation does: to another convention and back */
        formula_set_rounding(r->arena, &formula, (enum rounding)below(r, ROUNDING_COUNT));
        formula_set_rounding(r->arena, &formula, r->rounding);
    }
    judge(r->arena, &formula, &out->judgement);
    out->truth = judge_truth(r->arena, &formula);
}

/* What is wrong with the outcome, or NULL. */
static const char *fault_of(struct round *r, const struct assertion *claim, bool linear, const struct outcome *outcome)
{
    enum verdict verdict = outcome->judgement.verdict;
    mpq_ptr printed[MOST_FIGURES];
    for (size_t i = 0; i < MOST_FIGURES; i++)
        printed[i] = r->figures[i].value;
    bool exact = truth_at(r, claim, printed) == YES, holds_somewhere = verdict != VERDICT_INCONSISTENT;
    if (verdict == VERDICT_EXACT && !exact)
        return "exact, but not as printed";
    if (verdict == VERDICT_ROUNDING && exact)
        return "holds as printed";
    if (linear && outcome->truth != linear_truth(r, claim))
        return "the corners give another truth";
    if (linear && (verdict == VERDICT_UNCHECKED || holds_somewhere != (outcome->truth != TRUTH_FALSE)))
        return "the verdict is not that of the truth";
    if (linear)
        return outcome->judgement.loose ? "linear, and not tight" : NULL;
    struct parts parts = {0};
    parts_of(r, claim, &parts);
    struct survey survey = look(r, claim);
    bool single = claim->kind == COMPARE, plain = single && !parts.steps && !claim->tolerance;
    if (outcome->truth == TRUTH_FALSE && survey.some)
        return "inconsistent, but satisfied by some values";
    if (outcome->truth == TRUTH_TRUE && survey.not_all)
        return "true, but not for all values";
    if (single && (verdict == VERDICT_UNCHECKED) != parts.zero)
        return "unchecked is for divisors that may be zero";
    if (verdict == VERDICT_UNCHECKED)
        return parts.zero ? NULL : "unchecked without a divisor that may be zero";
    if (plain && claim->symbol == EQ && !holds_somewhere && survey.below && survey.above)
        return "inconsistent, but the difference has both signs";
    bool witness = survey.some || (claim->symbol == EQ && survey.below && survey.above);
    if (plain && holds_somewhere && !outcome->judgement.loose && !witness)
        return "tight, but no value satisfies it";
    return NULL;
}

static void report(struct round *r, uint64_t seed, const struct outcome *outcome, const char *fault)
{
    static const char *const verdicts[] = {"exact", "rounding", "inconsistent", "unchecked"};
    print_error("SEED=%llu, %s: %s: %s: %s\n", (unsigned long long)seed, rounding_name(r->rounding).ptr,
                outcome->text.ptr, verdicts[outcome->judgement.verdict], fault);
    for (size_t i = 0; i < MOST_FIGURES; i++)
        print_error("  %s = %s in %s\n", r->figures[i].name, number_write(r->arena, r->made[i].notation.value).ptr,
                    interval_write(r->arena, r->made[i].interval).ptr);
    fail();
}

static enum verdict one_round(struct round *r, const struct lexicon *lexicon, uint64_t seed)
{
    arena_reset(r->arena);
    r->seed = seed;
    r->used = r->figure_count = 0;
    while (r->figure_count < MOST_FIGURES)
        add_figure(r);
    bool linear = chance(r, 50);
    struct parts parts = {0};
    struct assertion *claim;
    do { /* a check of constants alone is a sum of notations */
        claim = random_check(r, linear);
        parts_of(r, claim, &parts);
    } while (!parts.figure);
    struct outcome outcome = {0};
    judge_claim(r, lexicon, claim, &outcome);
    const char *fault = fault_of(r, claim, linear, &outcome);
    if (fault)
        report(r, seed, &outcome, fault);
    return outcome.judgement.verdict;
}

static unsigned long long setting(const char *name, unsigned long long otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

/* The state is the rounding convention. */
static void agrees_under(void **state)
{
    static struct round r; /* zeroed: too large for a stack, and used once at a time */
    struct arena round_arena = {0}, lexicon_arena = {0};
    struct diag diag = {.arena = &lexicon_arena};
    const struct lexicon *lexicon = lexicon_load(&lexicon_arena, STR("fr"), &diag);
    unsigned long long count = setting("ORACLE_COUNT", DEFAULT_COUNT), seed = setting("SEED", 1);
    size_t verdicts[VERDICT_COUNT] = {0};
    assert_non_null(lexicon);
    r.arena = &round_arena;
    r.rounding = *(const enum rounding *)*state;
    for (size_t i = 0; i < MOST_NUMBERS; i++)
        mpq_init(r.numbers[i]);
    for (size_t i = 0; i < MOST_FIGURES; i++)
        mpq_inits(r.figures[i].value, r.figures[i].low.at, r.figures[i].high.at, NULL);
    for (unsigned long long i = 0; i < count; i++)
        verdicts[one_round(&r, lexicon, seed + i)]++;
    print_message("# %s: seeds %llu to %llu: %zu exact, %zu rounding, %zu inconsistent, %zu unchecked\n",
                  rounding_name(r.rounding).ptr, seed, seed + count - 1, verdicts[VERDICT_EXACT],
                  verdicts[VERDICT_ROUNDING], verdicts[VERDICT_INCONSISTENT], verdicts[VERDICT_UNCHECKED]);
    for (size_t i = 0; i < MOST_NUMBERS; i++)
        mpq_clear(r.numbers[i]);
    for (size_t i = 0; i < MOST_FIGURES; i++)
        mpq_clears(r.figures[i].value, r.figures[i].low.at, r.figures[i].high.at, NULL);
    arena_free(&round_arena);
    arena_free(&lexicon_arena);
}

int main(void)
{
    static enum rounding roundings[ROUNDING_COUNT];
    struct CMUnitTest tests[ROUNDING_COUNT] = {{0}};
    for (size_t i = 0; i < ROUNDING_COUNT; i++) {
        roundings[i] = (enum rounding)i;
        tests[i] = (struct CMUnitTest){rounding_name((enum rounding)i).ptr, agrees_under, NULL, NULL, &roundings[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
