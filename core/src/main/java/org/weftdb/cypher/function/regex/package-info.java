/**
 * Regular expressions for {@code =~}: whole strings against patterns in the syntax of Java, in time
 * proportional to the length of the string times the size of the pattern, whatever the pattern.
 *
 * <p>A pattern becomes a small program for a machine that follows all its branches at once
 * (Thompson, "Regular expression search algorithm", 1968; Pike's form of it). There is no
 * backtracking, so no pattern can run for ever.
 *
 * <p>Understood are: characters and their escapes, {@code \Q…\E}, {@code .}, classes with ranges,
 * negation, unions and intersections, {@code \d \w \s \h \v \R} and their negations, {@code \p{…}}
 * with general categories, POSIX names and the binary properties of Java's {@code Character},
 * groups, alternation, greedy and reluctant quantifiers, {@code ^ $ \A \z \Z \b \B} and the flags
 * {@code i s m d u x}. Refused with an error, because such a machine cannot do them or they mean
 * something else in it: references to groups, looking ahead and behind, atomic groups and
 * possessive quantifiers; scripts and blocks in {@code \p} are refused as well. What {@code \p}
 * says of characters that Unicode added lately, and of the binary properties of letters without
 * case, is up to the platform.
 *
 * <p>A {@link org.weftdb.cypher.function.regex.Regex} holds working memory and belongs to one
 * thread at a time. This package knows strings and errors only.
 */
@NullMarked
package org.weftdb.cypher.function.regex;

import org.jspecify.annotations.NullMarked;
