/* keying: what a printed number would be with one slip of the keyboard undone.
 *
 *     struct keyed keyed;
 *     struct keyed_slips slips = {0};
 *     if (keyed_read(&arena, &figure->notation, &keyed))         // "964": three digits, no mark
 *         keyed_undo(&arena, &keyed, &slips);            // 694, 946, 64, 94, 96, 0964 … 9649, 064 … 969, 9.64 …
 *     text = keyed_text(&arena, &keyed, &slips.items[1]);    // "946"
 */
#ifndef CHECK_KEYING_H
#define CHECK_KEYING_H

#include "figure/notation.h"

/* Kind, its name in messages of what went wrong, its share of all slips in thousandths.
 *
 * Of 12,112 keyed decimal codes with an error, 79 % had one digit wrong, 10.2 % two neighbours swapped and 0.8 % the
 * two on either side of a digit (Verhoeff, Error Detecting Decimal Codes, 1969). His codes had a fixed length, so
 * digits too many or too few, marks and scale words share what is left. That half of the wrong digits are neighbours on
 * the keyboard is what Grudin found of typed letters (Error Patterns in Novice and Skilled Transcription Typing, 1983).
 */
#define SLIPS(X)                                                                                                       \
    X(SLIP_SWAPPED, "two digits swapped", 102)                                                                         \
    X(SLIP_LEAPT, "two digits swapped", 8)                                                                             \
    X(SLIP_NEIGHBOUR, "a neighbouring key", 395)                                                                       \
    X(SLIP_DIGIT, "one digit wrong", 395)                                                                              \
    X(SLIP_MISSING, "a digit is missing", 40)                                                                          \
    X(SLIP_DOUBLED, "a digit typed twice", 25)                                                                         \
    X(SLIP_ADDED, "a digit too many", 15)                                                                              \
    X(SLIP_MARK, "the decimal mark misplaced", 14)                                                                     \
    X(SLIP_SCALE, "a scale word lost or wrong", 9)                                                                     \
    X(SLIP_SIGN, "the sign lost or wrong", 5)                                                                          \
    X(SLIP_NONE, "what the rest comes to", 0)

#define AS_ENUM(id, why, share) id,
enum slip_kind { SLIPS(AS_ENUM) SLIP_COUNT };
#undef AS_ENUM

/* What went wrong, in a few English words. */
const char *slip_why(enum slip_kind kind);

enum { KEYED_DIGITS = 17 }; /* at most: with one more they fit 64 bits */

/* Digits with a decimal mark: the last `decimals` of them stand behind it. */
struct keyed_digits {
    char items[KEYED_DIGITS + 1];
    size_t count, decimals;
};

/* A printed number, taken apart. It borrows the notation. */
struct keyed {
    const struct notation *notation;
    struct keyed_digits digits;
    size_t start, end;      /* of the digits and marks in notation->text */
    struct str group, mark; /* what stands between thousands, and before decimals; empty: nothing does */
    int scale;              /* the power of ten of its scale word */
};

/* What was meant, if this slip was made. */
struct keyed_slip {
    enum slip_kind kind;
    struct keyed_digits digits;
    int scale;
    bool negative;
    struct number value;
    uint32_t
        likelihood; /* in millionths: the kind's share of slips, over the number of ways to make one in this number */
};

struct keyed_slips {
    struct keyed_slip *items;
    size_t count, room;
};

/* False when the notation is not one number in digits (a range, words, an exponent), or has too many digits. */
bool keyed_read(struct arena *arena, const struct notation *notation, struct keyed *out);

/* Adds every number that one slip would have turned into this one. */
void keyed_undo(struct arena *arena, const struct keyed *keyed, struct keyed_slips *slips);

/* That value with as many decimals as are printed: no slip, but written like one. False when it needs more, or is 0. */
bool keyed_put(struct arena *arena, const struct keyed *keyed, struct number value, struct keyed_slip *out);

/* The notation with that number in it; its text is left empty. */
struct notation keyed_notation(struct arena *arena, const struct keyed *keyed, const struct keyed_slip *slip);

/* The number as it would be printed, in the style of what is printed: "12,5 %". Empty where it would take another scale
 * word or sign. */
struct str keyed_text(struct arena *arena, const struct keyed *keyed, const struct keyed_slip *slip);

#endif
