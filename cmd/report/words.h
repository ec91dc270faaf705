/* words: what reports say to people, in their language.
 *
 *     fprintf(out, "%s", word(LOCALE_FR, WORD_GAP));      // "écart"
 */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "base/message.h"
#include "check/finding.h"

enum locale { LOCALE_EN, LOCALE_FR };

/* id, English, French */
#define WORDS(X)                                                                                                       \
    X(WORD_ERROR, "error", "erreur")                                                                                   \
    X(WORD_WARNING, "warning", "attention")                                                                            \
    X(WORD_NOTE, "note", "note")                                                                                       \
    X(WORD_UNCHECKED, "unchecked", "non vérifié")                                                                      \
    X(WORD_HOLDS, "holds", "juste")                                                                                    \
    X(WORD_HOLDS_ROUNDED, "holds thanks to rounding", "juste aux arrondis près")                                       \
    X(WORD_COLON, ":", " :")                                                                                           \
    X(WORD_GAP, "gap", "écart")                                                                                        \
    X(WORD_LEFT, "left", "à gauche")                                                                                   \
    X(WORD_RIGHT, "right", "à droite")                                                                                 \
    X(WORD_LOOSE, "bounds not tight", "bornes larges")                                                                 \
    X(WORD_EXPLAINED, "would hold with another rounding", "serait juste avec un autre arrondi")                        \
    X(WORD_SUSPECT, "wrong, as its row and its column tell", "faux, à en juger par sa ligne et sa colonne")            \
    X(WORD_HELP, "help", "aide")                                                                                       \
    X(WORD_INSTEAD, "instead of ", "au lieu de ")                                                                      \
    X(WORD_INSTEAD_ELIDED, "instead of ", "au lieu d'")                                                                \
    X(WORD_WHY, "why", "pourquoi")                                                                                     \
    X(WORD_SAME_FIGURE, "one figure, two values", "un même chiffre, deux valeurs")                                     \
    X(WORD_REPEATED, "one column of the table repeats the other", "une colonne du tableau répète l'autre")             \
    X(WORD_HAS_FORM, "the text has the form that the rule asks for", "le texte a la forme que la règle demande")       \
    X(WORD_LACKS_FORM, "the text does not have the form that the rule asks for",                                       \
      "le texte n'a pas la forme que la règle demande")                                                                \
    X(WORD_HAS_FORBIDDEN, "the text has a form that the rule forbids", "le texte a une forme que la règle interdit")   \
    X(WORD_LACKS_FORBIDDEN, "the text does not have the form that the rule forbids",                                   \
      "le texte n'a pas la forme que la règle interdit")                                                               \
    X(WORD_ERRORS, "errors", "erreurs")                                                                                \
    X(WORD_WARNINGS, "warnings", "avertissements")                                                                     \
    X(WORD_WARNING_ONE, "warning", "avertissement")                                                                    \
    X(WORD_NOTES, "notes", "notes")                                                                                    \
    X(WORD_MEMBER, "member", "élément")                                                                                \
    X(WORD_MEMBERS, "members", "éléments")                                                                             \
    X(WORD_UNREAD, "unread", "non lu")                                                                                 \
    X(WORD_UNREAD_MANY, "unread", "non lus")                                                                           \
    X(WORD_PASSED_OVER, "passed over", "ignoré")                                                                       \
    X(WORD_PASSED_OVER_MANY, "passed over", "ignorés")                                                                 \
    X(WORD_FIGURE, "figure", "chiffre")                                                                                \
    X(WORD_FIGURES, "figures", "chiffres")                                                                             \
    X(WORD_MENTION, "in documents", "dans les documents")                                                              \
    X(WORD_JUDGED, "judged", "jugement")                                                                               \
    X(WORD_JUDGED_MANY, "judged", "jugements")                                                                         \
    X(WORD_FINDING, "finding", "incohérence")                                                                          \
    X(WORD_FINDINGS, "findings", "incohérences")                                                                       \
    X(WORD_UNCHECKED_MANY, "unchecked", "non vérifiés")                                                                \
    X(WORD_UNTOUCHED, "figure that no rule touches", "chiffre qu'aucune règle ne touche")                              \
    X(WORD_UNTOUCHED_MANY, "figures that no rule touches", "chiffres qu'aucune règle ne touche")                       \
    X(WORD_MISSING, "without a value", "sans valeur")                                                                  \
    X(WORD_MORE, "more", "de plus")                                                                                    \
    X(WORD_MISSING_NAME, "no figure of the same dims", "aucun chiffre de mêmes dimensions")                            \
    X(WORD_NO_VALUE, "the figure has no value", "le chiffre n'a pas de valeur")                                        \
    X(WORD_DISPUTED, "the figure is given with values that disagree",                                                  \
      "le chiffre est donné avec des valeurs qui se contredisent")                                                     \
    X(WORD_ZERO, "a divisor may be zero", "un diviseur peut être nul")                                                 \
    X(WORD_NO_NUMBER, "this is no number", "ce n'est pas un nombre")                                                   \
    X(WORD_NOT_A_FIGURE, "no figure of the dossier has this value", "aucun chiffre du dossier n'a cette valeur")       \
    X(WORD_CONDITION, "whether the rule applies is not certain", "il n'est pas certain que la règle s'applique")       \
    X(WORD_NOT_EVALUATED, "the rule could not be evaluated", "la règle n'a pas pu être évaluée")

#define AS_ENUM(id, en, fr) id,
enum word { WORDS(AS_ENUM) WORD_COUNT };
#undef AS_ENUM

const char *word(enum locale locale, enum word which);

/* The word for one or for many, as the language counts: French has "0 chiffre". */
const char *counted_word(enum locale locale, size_t count, enum word one, enum word many);

/* "instead of ", as the text behind it asks: French has "au lieu de 54", "au lieu d'environ 54". */
const char *instead_of(enum locale locale, struct str text);

const char *severity_word(enum locale locale, enum severity severity);
const char *reason_word(enum locale locale, enum unchecked_reason reason);

/* A word or sentence of the program in the reader's language; as it is where there is no translation. */
const char *locale_text(enum locale locale, const char *english);

/* The same of a message; one whose format has no translation is all in English. */
struct str locale_message(struct arena *arena, enum locale locale, const struct message *message);

/* From "fr", "fr_FR.UTF-8", "en" …; anything else is English. */
enum locale locale_from_name(struct str name);

/* A decimal with its unit ("%", "EUR", "pp", "km" or none) as the reader writes it: "-1234567.5", "EUR" is
 * "−1 234 567,50 €" with no-break spaces, or "−€1,234,567.50". A fraction is left as it is. The digits of a `plain`
 * number (a year) are not grouped. */
struct str locale_quantity(struct arena *arena, enum locale locale, struct str decimal, struct str unit, bool plain);

#endif
