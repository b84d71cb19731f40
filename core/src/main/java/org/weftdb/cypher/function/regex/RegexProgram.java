package org.weftdb.cypher.function.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.weftdb.cypher.function.regex.RegexNode.At;
import org.weftdb.cypher.function.regex.RegexNode.Choice;
import org.weftdb.cypher.function.regex.RegexNode.Group;
import org.weftdb.cypher.function.regex.RegexNode.Literal;
import org.weftdb.cypher.function.regex.RegexNode.OneOf;
import org.weftdb.cypher.function.regex.RegexNode.Place;
import org.weftdb.cypher.function.regex.RegexNode.Repeat;
import org.weftdb.cypher.function.regex.RegexNode.Sequence;
import org.weftdb.error.ErrorCode;
import org.weftdb.error.WeftException;
import org.weftdb.value.Texts;

/**
 * A pattern as instructions, those it prefers first. Each has a code and one or two operands:
 *
 * <pre>
 * CHARACTER c    consume the code point c, go on
 * SET i          consume a code point of set i, go on
 * JUMP t         go on at t
 * SPLIT t u      go on at t and at u
 * PLACE p        go on if the place is so
 * SAVE s         note the place in slot s, go on
 * ACCEPT         the text matches if it ends here
 * </pre>
 */
final class RegexProgram {
  static final int CHARACTER = 0;
  static final int SET = 1;
  static final int JUMP = 2;
  static final int SPLIT = 3;
  static final int PLACE = 4;
  static final int SAVE = 5;
  static final int ACCEPT = 6;

  /** Repetition is unrolled, so that a short pattern could become a program of any size. */
  private static final int MAX_INSTRUCTIONS = 20_000;

  private final String pattern;
  private final boolean capturing;
  private int[] codes = new int[16];
  private int[] first = new int[16];
  private int[] second = new int[16];
  private final List<CharSet> sets = new ArrayList<>();
  private int size;

  /**
   * @param capturing whether there are {@link #SAVE} instructions: slots 2n and 2n + 1 are where
   *     group n begins and ends
   */
  RegexProgram(String pattern, RegexNode root, boolean capturing) {
    this.pattern = pattern;
    this.capturing = capturing;
    emit(root);
    add(ACCEPT, 0, 0);
  }

  int size() {
    return size;
  }

  int code(int index) {
    return codes[index];
  }

  int first(int index) {
    return first[index];
  }

  int second(int index) {
    return second[index];
  }

  List<CharSet> sets() {
    return sets;
  }

  private int add(int code, int a, int b) {
    if (size == MAX_INSTRUCTIONS) {
      throw new WeftException(
          ErrorCode.VALUE_TOO_LARGE,
          "the regular expression '"
              + Texts.shortened(pattern)
              + "' is too large, or repeats too often");
    }
    if (size == codes.length) {
      codes = Arrays.copyOf(codes, size * 2);
      first = Arrays.copyOf(first, size * 2);
      second = Arrays.copyOf(second, size * 2);
    }
    codes[size] = code;
    first[size] = a;
    second[size] = b;
    return size++;
  }

  private void emit(RegexNode node) {
    switch (node) {
      case Literal literal -> add(CHARACTER, literal.codePoint(), 0);
      case OneOf oneOf -> {
        sets.add(oneOf.set());
        add(SET, sets.size() - 1, 0);
      }
      case At at -> add(PLACE, at.place().ordinal(), 0);
      case Sequence sequence -> {
        for (RegexNode part : sequence.parts()) {
          emit(part);
        }
      }
      case Group group -> {
        if (capturing) {
          add(SAVE, 2 * group.number(), 0);
          emit(group.body());
          add(SAVE, 2 * group.number() + 1, 0);
        } else {
          emit(group.body());
        }
      }
      case Choice choice -> emitChoice(choice.options());
      case Repeat repeat -> emitRepeat(repeat);
    }
  }

  private void emitChoice(List<RegexNode> options) {
    int[] jumps = new int[options.size() - 1];
    for (int i = 0; i < jumps.length; i++) {
      int split = add(SPLIT, size + 1, 0);
      emit(options.get(i));
      jumps[i] = add(JUMP, 0, 0);
      second[split] = size;
    }
    emit(options.get(jumps.length));
    for (int jump : jumps) {
      first[jump] = size;
    }
  }

  private void emitRepeat(Repeat repeat) {
    // A body that compiles to nothing would otherwise be unrolled two billion times for nothing.
    int before = size;
    for (int i = 0; i < repeat.minimum(); i++) {
      emit(repeat.body());
      if (size == before) {
        return;
      }
    }
    if (repeat.maximum() == Repeat.UNLIMITED) {
      // (x+)? instead of x*: an empty turn of x ends the loop as one that took place.
      int skip = add(SPLIT, 0, 0);
      int start = size;
      emit(repeat.body());
      int again = add(SPLIT, 0, 0);
      setTargets(again, start, size, repeat.lazy());
      setTargets(skip, start, size, repeat.lazy());
      return;
    }
    List<Integer> splits = new ArrayList<>();
    for (int i = repeat.minimum(); i < repeat.maximum(); i++) {
      splits.add(add(SPLIT, 0, 0));
      emit(repeat.body());
    }
    for (int split : splits) {
      setTargets(split, split + 1, size, repeat.lazy());
    }
  }

  private void setTargets(int split, int turn, int end, boolean lazy) {
    first[split] = lazy ? end : turn;
    second[split] = lazy ? turn : end;
  }

  /** The place of a {@link #PLACE} instruction. */
  static Place place(int ordinal) {
    return PLACES[ordinal];
  }

  private static final Place[] PLACES = Place.values();
}
